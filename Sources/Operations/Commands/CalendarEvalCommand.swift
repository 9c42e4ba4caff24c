import ArgumentParser
import Deployment

/// `docket calendar eval`.
struct CalendarEvalCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "eval",
        abstract: "Answers questions about business calendars: JSON lines in, JSON lines out.",
        discussion: """
            Define a calendar:  {"define":"B","tz":"Europe/Berlin","weekly":{"mon":[["09:00","17:00"]]}}
            Ask it:             {"cal":"B","op":"add","at":1709305200,"arg":7200}
            op: open, elapsed (arg: end), add, breach, sub (arg: seconds), next_open, next_close; times in seconds since 1970.
            Each question gets one line, {"result":N} or {"error":"…"}; a definition gets none: why it is refused is told on stderr, and to each
            question about it.
            """
    )

    /// A calendar with a thousand closures has some 40 KiB.
    private static let lineLimit = 1 << 20

    func run() throws {
        var lines = CalendarLines(zones: ZoneFiles())
        try LineSession(lineLimit: CalendarEvalCommand.lineLimit).run { lines.answer($0, &$1) }
    }
}
