import ArgumentParser

/// `docket calendar`.
struct CalendarCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "calendar",
        abstract: "Business calendars.",
        subcommands: [CalendarEvalCommand.self, CalendarImportCommand.self]
    )
}
