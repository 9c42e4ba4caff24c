import ArgumentParser
import Domain
import Store
import UseCases

/// `docket sla explain TENANT TICKET`.
struct SLAExplainCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain",
        abstract: "Explains what was promised about a ticket and how it stands: the page that its customer may read."
    )

    @Argument(help: "The tenant's slug.")
    var tenant: String

    @Argument(help: "The number that people see.")
    var ticket: Int64

    @Option(help: "en, or zh for Simplified Chinese.")
    var lang = "en"

    @OptionGroup var database: OperatorDatabase

    func validate() throws {
        guard ticket > 0 else { throw ValidationError("the ticket's number must be above 0") }
        guard SLALanguage(rawValue: lang) != nil else { throw ValidationError("--lang must be en or zh") }
    }

    func run() async throws {
        let owner = try await database.withAdministration { [tenant] in try await $0.tenant(slug: tenant).id }
        let statement = try await database.withEnvironment { [ticket] environment in
            do {
                return try await TimerQueries(environment: environment).statement(ofNumber: ticket, in: owner)
            } catch UseCaseError.notFound {
                throw CommandFailure("the tenant has no such ticket")
            } catch let error as StoreError {
                throw CommandFailure("the ticket cannot be explained: \(error.reason)")
            } catch let error as SLAError {
                throw CommandFailure("the ticket cannot be explained: \(error)")
            }
        }
        print(statement.text(in: SLALanguage(rawValue: lang) ?? .english), terminator: "")
    }
}
