import ArgumentParser
import Domain
import UseCases

/// `docket sla explain`.
struct SLAExplainCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain",
        abstract: "Explains what was promised about a ticket and how it stands: the page that its customer may read."
    )

    @Option(help: "The tenant's slug.")
    var tenant: String

    @Option(help: "The number that people see.")
    var ticket: Int64

    @Option(help: "en, or zh for Simplified Chinese.")
    var lang = "en"

    @OptionGroup var database: OperatorDatabase

    func validate() throws {
        guard ticket > 0 else { throw ValidationError("--ticket must be above 0") }
        guard SLALanguage(rawValue: lang) != nil else { throw ValidationError("--lang must be en or zh") }
    }

    func run() async throws {
        let statement = try await database.withTenant(tenant) { [ticket] environment, tenant in
            do {
                return try await TimerQueries(environment: environment).statement(ofNumber: ticket, in: tenant)
            } catch UseCaseError.notFound {
                throw CommandFailure("the tenant has no such ticket")
            } catch let error as SLAError {
                throw CommandFailure("the ticket cannot be explained: \(error)")
            }
        }
        print(statement.text(in: SLALanguage(rawValue: lang) ?? .english), terminator: "")
    }
}
