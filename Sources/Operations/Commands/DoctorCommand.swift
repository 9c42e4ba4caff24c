import ArgumentParser
import Deployment
import Domain
import Store
import UseCases

/// `docket doctor`: exit status 0 where nothing is a problem, 1 where something is, or where nothing could be examined, 2 for bad usage (contract.md).
struct DoctorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor",
        abstract: "Examines a deployment's database; with --repair puts right what can be put right safely."
    )

    @Flag(help: "One JSON object instead of a table.")
    var json = false

    @Flag(help: "Repairs partitions, rows, ledgers, loads, routing entries, timers and leases first.")
    var repair = false

    @Option(parsing: .upToNextOption, help: "Leaves checks out; may be given several times.")
    var skip: [String] = []

    @Option(help: "How many of each tenant's tickets, the newest first, are rebuilt from their histories.")
    var histories = 1_000

    @OptionGroup var database: OperatorDatabase

    func validate() throws {
        for name in skip where DoctorCheck(rawValue: name) == nil {
            throw ValidationError("unknown check \(name); there are \(DoctorCheck.allCases.map(\.rawValue).joined(separator: ", "))")
        }
        guard (0...10_000_000).contains(histories) else { throw ValidationError("--histories must be from 0 to 10000000") }
    }

    func run() async throws {
        let report = try await report()
        print(json ? try report.json() : report.text)
        if report.status == .problem { throw ExitCode.failure }
    }

    private func report() async throws -> DoctorReport {
        do {
            let schema = try await SchemaComparison.finding(of: database)
            return try await database.withEnvironment { [options, repair] environment in
                let doctor = Doctor(environment: environment, options: options, timeZoneDatabase: ZoneFiles().databaseVersion)
                let repairs = repair ? try await doctor.repair() : []
                return DoctorReport(findings: try await doctor.examine(schema: schema), repairs: repairs)
            }
        } catch let error as StoreError {
            throw CommandFailure("the database cannot be examined: \(error.reason)")
        }
    }

    private var options: DoctorOptions {
        var options = DoctorOptions()
        options.skipped = Set(skip.compactMap(DoctorCheck.init(rawValue:)))
        options.histories = histories
        return options
    }
}
