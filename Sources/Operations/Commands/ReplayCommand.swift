import ArgumentParser

/// `docket replay`.
struct ReplayCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "replay",
        abstract: "Sends recorded work through the public API.",
        subcommands: [ReplayIncidentsCommand.self]
    )
}
