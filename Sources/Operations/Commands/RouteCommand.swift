import ArgumentParser

/// `docket route`.
struct RouteCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "route",
        abstract: "The dispatcher's routing rules.",
        subcommands: [RouteEvalCommand.self, RouteSimulateCommand.self]
    )
}
