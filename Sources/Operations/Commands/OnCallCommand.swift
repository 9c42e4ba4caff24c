import ArgumentParser
import Domain
import HTTPAPI
import UseCases

/// `docket oncall`.
struct OnCallCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "oncall",
        abstract: "Shows who would be called and why: by each rota, as head of each group, by each level of each escalation chain."
    )

    @Option(help: "The tenant's slug.")
    var tenant: String

    @Option(help: "As of when, RFC 3339; now unless given.")
    var at: String?

    @Option(help: "Only the chain of this name, with the rotas and groups that it names.")
    var chain: String?

    @Flag(help: "One JSON object, the API's answer, instead of text.")
    var json = false

    @OptionGroup var database: OperatorDatabase

    func validate() throws {
        if let at, Timestamp(at) == nil { throw ValidationError("--at must be a time like 2026-11-21T10:00:00Z") }
    }

    func run() async throws {
        let report = try await database.withTenant(tenant) { [at, chain] environment, tenant in
            let queries = OnCallQueries(environment: environment)
            return try await queries.report(of: tenant, at: at.flatMap { Timestamp($0) }, chain: chain.map { .name($0) })
        }
        if chain != nil, report.chains.isEmpty { throw CommandFailure("the tenant has no escalation chain of this name") }
        print(json ? report.json : OnCallText.render(report))
    }
}
