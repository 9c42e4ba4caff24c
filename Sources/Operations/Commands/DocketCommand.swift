import ArgumentParser
import Deployment

/// `docket`: the operator's command line.
struct DocketCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "docket",
        abstract: "A multi-tenant service desk on PostgreSQL.",
        version: "docket \(Release.version)",
        subcommands: [
            DevCommand.self, MigrateCommand.self, TenantCommand.self, KeyCommand.self, CalendarCommand.self, RouteCommand.self, SLACommand.self,
            OnCallCommand.self, ReplayCommand.self, DoctorCommand.self, DeliveriesCommand.self, SecretsCommand.self, OpenAPICommand.self,
        ]
    )
}
