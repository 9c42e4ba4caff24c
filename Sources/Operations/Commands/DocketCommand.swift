import ArgumentParser

/// `docket`: the operator's command line.
struct DocketCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "docket",
        abstract: "A multi-tenant service desk on PostgreSQL.",
        subcommands: [CalendarCommand.self, RouteCommand.self, SLACommand.self]
    )
}
