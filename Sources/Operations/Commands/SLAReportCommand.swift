import ArgumentParser
import Deployment
import Domain
import HTTPAPI
import UseCases

/// `docket sla report`.
struct SLAReportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report",
        abstract: "Counts kept and missed targets by when they were kept or missed."
    )

    @Option(help: "The tenant's slug.")
    var tenant: String

    @Option(help: "From when, RFC 3339 or a date YYYY-MM-DD (UTC).")
    var from: String

    @Option(help: "Until just before when.")
    var to: String

    @Option(help: "What timers are told apart by, beside the metric: priority, group, customer, organization, period; separated by commas.")
    var by = ""

    @Option(help: "The length of a period: day, week, month.")
    var period: String?

    @Option(name: .customLong("tz"), help: "The IANA zone by whose midnights periods begin.")
    var zone = "UTC"

    @Option(help: "Only this metric.")
    var metric: String?

    @Flag(help: "One JSON object, the API's answer.")
    var json = false

    @Flag(help: "The rows as CSV (RFC 4180).")
    var csv = false

    @OptionGroup var database: OperatorDatabase

    func validate() throws {
        guard query != nil else {
            throw ValidationError(
                "--from and --to are times in order; --by, --period and --metric are names of the API; --period needs period among --by."
            )
        }
        guard !(json && csv) else { throw ValidationError("give --json or --csv, not both.") }
    }

    func run() async throws {
        guard let query else { return }
        let report = try await database.withTenant(tenant) { environment, tenant in
            try await SLAReports(environment: environment, zones: ZoneFiles()).report(query, in: tenant)
        }
        print(
            json ? report.json : csv ? String(decoding: report.csv.bytes, as: UTF8.self) : SLAReportText.render(report),
            terminator: csv ? "" : "\n"
        )
    }

    private var query: SLAReports.Query? {
        guard let start = Self.time(from), let end = Self.time(to), start < end else { return nil }
        var dimensions: Set<SLAReport.Dimension> = []
        for name in by.split(separator: ",") {
            guard let dimension = SLAReport.Dimension(rawValue: String(name)) else { return nil }
            dimensions.insert(dimension)
        }
        let unit = period.map { ReportPeriods.Unit(rawValue: $0) }
        let measured = metric.map { SLAMetric(rawValue: $0) }
        if case .some(nil) = unit { return nil }
        if case .some(nil) = measured { return nil }
        if unit != nil, !dimensions.contains(.period) { return nil }
        return SLAReports.Query(span: start..<end, dimensions: dimensions, unit: (unit ?? nil) ?? .month, zone: zone, metric: measured ?? nil)
    }

    private static func time(_ text: String) -> Timestamp? {
        Timestamp(text) ?? Timestamp("\(text)T00:00:00Z")
    }
}
