extension SLAReport {
    /// One record a row; columns of what is not told apart are empty. Percentages are left to the reader: the counts are exact.
    public var csv: CSVText {
        var text = CSVText(header: [
            "period_start", "metric", "priority", "group_id", "requester_id", "met", "breached", "running", "cancelled", "organization_id",
        ])
        for row in rows {
            let start = periods.starts.indices.contains(row.key.period) ? periods.starts[row.key.period] : span.lowerBound
            text.add([
                .text(start.description), .text(row.key.metric.rawValue), row.key.priority.map { .text("P\($0.rawValue)") } ?? .empty,
                row.key.group.map { .text($0.description) } ?? .empty, row.key.customer.map { .text($0.description) } ?? .empty,
                .number(Int64(row.counts.met)), .number(Int64(row.counts.breached)), .number(Int64(row.counts.running)),
                .number(Int64(row.counts.cancelled)), row.key.organization.map { .text($0.description) } ?? .empty,
            ])
        }
        return text
    }
}
