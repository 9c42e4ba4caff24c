public import Domain
import HTTPTypes
import UseCases

/// How promises were kept.
enum ReportEndpoints {
    static let sla = Endpoint<NoPath, ReportQuery, NoBody, SLAReportResource>(
        "getSLAReport",
        .get,
        "/v1/reports/sla",
        tag: "reports",
        summary: "Counts kept and missed targets",
        description: """
            A missed target counts when it was missed, however late that was recorded; a kept one when what was promised happened; one that is still open when \
            its clock began. Priority, group and customer are the ticket's present ones; of the metric group_ownership the group is the one that was measured. \
            The organization is the one that the ticket belonged to when its target was missed or kept.
            """,
        scope: .reportsRead,
        problems: [.unavailable],
        timeout: .seconds(60),
        hasCSV: true
    )

    static let operations = [sla.operation]

    static func addRoutes(to routes: inout APIRoutes, _ environment: APIEnvironment) {
        let reports = environment.reports
        routes.add(sla) { call in
            let report = try await namingParameters { try await reports.report(call.query.query, in: call.principal.tenantID) }
            if call.wantsCSV(call.query.format) { return .text(mediaType: CSVText.mediaType, report.csv.bytes) }
            return .ok(SLAReportResource(report: report))
        }
    }
}

extension EndpointCall {
    /// What the query says goes before `Accept`.
    func wantsCSV(_ format: AnswerFormat?) -> Bool {
        format.map { $0 == .csv } ?? prefersCSV
    }
}

/// A report as JSON.
struct SLAReportResource: ResponseObject {
    let report: SLAReport

    private static let row = JSONSchema.object(
        "SLAReportRow",
        [
            JSONProperty("period_start", .timestamp, "When the period begins; the report's beginning where it is not divided."),
            JSONProperty("metric", .codes(SLAMetric.self), "What was measured."),
            JSONProperty("priority", JSONSchema.codes(PriorityCode.self).nullable, "null where it is not told apart."),
            JSONProperty("group_id", .id.nullable, "null where it is not told apart, and for tickets without one."),
            JSONProperty("requester_id", .id.nullable, "null where it is not told apart, and for tickets without one."),
            JSONProperty("organization_id", .id.nullable, "null where it is not told apart, and for tickets without one."),
            JSONProperty("met", .integer(), "Kept."),
            JSONProperty("breached", .integer(), "Missed."),
            JSONProperty("running", .integer(), "Still open."),
            JSONProperty("cancelled", .integer(), "No longer promised before they were missed."),
            JSONProperty("attainment_basis_points", .integer(in: 0...10_000).nullable, "Kept of kept and missed, rounded down, for display."),
        ]
    )

    static let schema = JSONSchema.object(
        "SLAReport",
        [
            JSONProperty("from", .timestamp, "From when."),
            JSONProperty("to", .timestamp, "Until just before when."),
            JSONProperty("as_of", .timestamp, "The database's time: what ran out before it counts as missed."),
            JSONProperty("by", .array(of: .codes(SLAReport.Dimension.self)), "What timers are told apart by, beside the metric."),
            JSONProperty("rows", .array(of: row, count: 0...SLAReport.maximumRows), "In the order of the periods."),
        ]
    )

    func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.field("from", report.span.lowerBound)
            writer.field("to", report.span.upperBound)
            writer.field("as_of", report.asOf)
            writer.field("by", SLAReport.Dimension.allCases.filter(report.dimensions.contains).map(\.rawValue))
            writer.name("rows")
            writer.array { writer in
                for row in report.rows {
                    writer.object { write(row, to: &$0) }
                }
            }
        }
    }

    private func write(_ row: SLAReport.Row, to writer: inout JSONWriter) {
        let starts = report.periods.starts
        writer.field("period_start", starts.indices.contains(row.key.period) ? starts[row.key.period] : report.span.lowerBound)
        writer.field("metric", row.key.metric.rawValue)
        writer.field("priority", code: row.key.priority.map(PriorityCode.init))
        writer.field("group_id", row.key.group)
        writer.field("requester_id", row.key.customer)
        writer.field("organization_id", row.key.organization)
        writer.field("met", row.counts.met)
        writer.field("breached", row.counts.breached)
        writer.field("running", row.counts.running)
        writer.field("cancelled", row.counts.cancelled)
        writer.field("attainment_basis_points", row.counts.attainment)
    }
}

extension SLAReport {
    /// The answer of `getSLAReport`, for programs that ask the database and not the API.
    public var json: String {
        var writer = JSONWriter()
        SLAReportResource(report: self).write(to: &writer)
        return String(decoding: writer.bytes, as: UTF8.self)
    }
}
