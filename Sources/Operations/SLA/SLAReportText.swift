import Domain

/// `docket sla report` as a table.
enum SLAReportText {
    static func render(_ report: SLAReport) -> String {
        let dimensions = SLAReport.Dimension.allCases.filter(report.dimensions.contains)
        let head = ["metric"] + dimensions.map(\.rawValue) + ["met", "breached", "running", "cancelled", "kept"]
        let rows = report.rows.map { row in
            [row.key.metric.rawValue] + dimensions.map { text($0, of: row.key, in: report) }
                + [row.counts.met, row.counts.breached, row.counts.running, row.counts.cancelled].map(String.init)
                + [row.counts.attainment.map(percent) ?? "-"]
        }
        return TextTable.render([head] + rows)
    }

    private static func text(_ dimension: SLAReport.Dimension, of key: SLAReport.Key, in report: SLAReport) -> String {
        switch dimension {
        case .priority: key.priority.map { "P\($0.rawValue)" } ?? "-"
        case .group: key.group?.description ?? "-"
        case .customer: key.customer?.description ?? "-"
        case .organization: key.organization?.description ?? "-"
        case .period: report.periods.starts.indices.contains(key.period) ? report.periods.starts[key.period].description : "-"
        }
    }

    private static func percent(_ basisPoints: Int) -> String {
        let rest = basisPoints % 100
        return "\(basisPoints / 100).\(rest < 10 ? "0" : "")\(rest) %"
    }
}
