import ArgumentParser
import Domain
import HTTPAPI
import Store
import UseCases

/// `docket sla reevaluations`.
struct SLAReevaluationsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reevaluations",
        abstract: "Shows how far edits of policies, calendars and queues' hours have reached the live tickets, the newest first."
    )

    @Option(help: "The tenant's slug.")
    var tenant: String

    @Option(help: "The most to show.")
    var limit = 20

    @Flag(help: "One JSON object a line, as the API gives it, instead of a table.")
    var json = false

    @OptionGroup var database: OperatorDatabase

    func validate() throws {
        guard (1...200).contains(limit) else { throw ValidationError("--limit must be 1 to 200") }
    }

    func run() async throws {
        let found = try await database.withTenant(tenant) { [limit] environment, tenant in
            try await ReevaluationQueries(environment: environment).reevaluations(in: tenant, limit: limit)
        }
        if json {
            for item in found { print(item.json) }
        } else {
            print(ReevaluationTable.render(found))
        }
    }
}
