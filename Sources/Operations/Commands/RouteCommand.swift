import ArgumentParser

/// `docket route`.
struct RouteCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "route",
        abstract: "The dispatcher's routing rules.",
        subcommands: [RouteEvalCommand.self, RouteExplainCommand.self, RouteSimulateCommand.self]
    )
}
