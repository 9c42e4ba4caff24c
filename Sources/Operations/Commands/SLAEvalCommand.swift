import ArgumentParser
import Deployment
import Domain

/// `docket sla eval`.
struct SLAEvalCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "eval",
        abstract: "Replays a ticket's events against a policy and a calendar: JSON lines in, JSON lines out.",
        discussion: """
            In:   {"calendar":{…},"policy":{…},"priority":2,"events":[{"at":"2024-03-04T08:00:00Z","type":"created"}…],"now":"2024-03-05T12:00:00Z"}
            Out:  {"timers":[…],"events":[…]}, every timer with what it consumed and the windows it counted, and what fired.
            """
    )

    /// Room for the 10,000 events that one line may have.
    private static let lineLimit = 1 << 23

    func run() throws {
        let evaluation = SLAEvaluation(zones: ZoneFiles())
        try LineSession(lineLimit: SLAEvalCommand.lineLimit).run { (request: SLAEvaluation.Request) in
            try evaluation.evaluate(request)
        }
    }
}
