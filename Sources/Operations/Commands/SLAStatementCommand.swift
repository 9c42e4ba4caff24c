import ArgumentParser
import Deployment
import Domain
import HTTPAPI
import UseCases

/// `docket sla statement`.
struct SLAStatementCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "statement",
        abstract: "States what the missed targets of a month cost, by contract, and by policy and customer where there is none."
    )

    @Option(help: "The tenant's slug.")
    var tenant: String

    @Option(help: "The month, YYYY-MM.")
    var month: String

    @Option(name: .customLong("tz"), help: "The IANA zone by whose midnights the month begins and ends.")
    var zone = "UTC"

    @Option(help: "Only what falls under the contract with this number.")
    var contract: String?

    @Flag(help: "Computes the month's penalties first.")
    var compute = false

    @Flag(help: "One JSON object, the API's answer.")
    var json = false

    @Flag(help: "The entries as CSV (RFC 4180).")
    var csv = false

    @OptionGroup var database: OperatorDatabase

    func validate() throws {
        guard CivilMonth(month) != nil else { throw ValidationError("--month is of the form YYYY-MM.") }
        guard !(json && csv) else { throw ValidationError("give --json or --csv, not both.") }
    }

    func run() async throws {
        let statement = try await database.withTenant(tenant) { [month, zone, compute, contract] environment, tenant in
            guard let month = CivilMonth(month) else { throw CommandFailure("no such month", status: 2) }
            let penalties = Penalties(environment: environment, zones: ZoneFiles())
            if compute {
                let span = try penalties.span(of: month, in: zone)
                // In one run: breaches that go on are computed in each, and would fill one that is bounded again and again.
                _ = try await PenaltyLedger(environment: environment).compute(span, in: tenant, maximum: .max)
            }
            let id = try await Self.contract(contract, of: penalties, in: tenant)
            return try await penalties.statement(of: month, zone: zone, contract: id, in: tenant)
        }
        print(
            json ? statement.json : csv ? String(decoding: statement.csv.bytes, as: UTF8.self) : PenaltyStatementText.render(statement),
            terminator: csv ? "" : "\n"
        )
    }

    private static func contract(_ number: String?, of penalties: Penalties, in tenant: TenantID) async throws -> ContractID? {
        guard let number else { return nil }
        do {
            return try await penalties.contract(numbered: number, in: tenant)
        } catch UseCaseError.notFound {
            throw CommandFailure("there is no contract with the number \(number)")
        }
    }
}
