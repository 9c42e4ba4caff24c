import ArgumentParser
import Domain
import HTTPAPI
import UseCases

/// `docket route explain`.
struct RouteExplainCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain",
        abstract: "Explains why a ticket has its agent or waits, and what routing would do with it now."
    )

    @Option(help: "The tenant's slug.")
    var tenant: String

    @Option(help: "The number that people see.")
    var ticket: Int64

    @Option(help: "The number of a ticket.assigned event in its history: explains that assignment, as it was recorded then.")
    var assignment: Int?

    @Flag(help: "One JSON object, the API's answer with as=now, instead of a table.")
    var json = false

    @OptionGroup var database: OperatorDatabase

    func validate() throws {
        guard ticket > 0 else { throw ValidationError("--ticket must be above 0") }
        guard assignment.map({ $0 > 0 }) ?? true else { throw ValidationError("--assignment must be above 0") }
    }

    func run() async throws {
        let explanation = try await database.withTenant(tenant) { [ticket, assignment] environment, tenant in
            do {
                return try await RoutingExplanations(environment: environment).explain(number: ticket, in: tenant, assignment: assignment)
            } catch UseCaseError.notFound {
                throw CommandFailure("the tenant has no such ticket" + (assignment == nil ? "" : ", or the ticket no such assignment"))
            }
        }
        print(json ? explanation.json : RouteExplanationText.render(explanation))
    }
}
