import ArgumentParser

/// `docket sla`.
struct SLACommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sla",
        abstract: "Service level agreements.",
        subcommands: [SLAEvalCommand.self, SLAExplainCommand.self]
    )
}
