public import Domain
import Postgres

/// How timers are told apart when they are counted; what the statements that count have in common.
public struct OutcomeCounting: Sendable {
    let tenant: TenantID
    let starts: [Timestamp]
    let dimensions: Set<SLAReport.Dimension>
    let metric: SLAMetric?
    let now: Timestamp
    let limit: Int

    /// - Parameters:
    ///   - periods: where each begins, the first with the report.
    ///   - metric: nil for all.
    ///   - now: the database's time: what ran out before it was missed.
    ///   - limit: of rows.
    public init(tenant: TenantID, periods: ReportPeriods, dimensions: Set<SLAReport.Dimension>, metric: SLAMetric?, now: Timestamp, limit: Int) {
        self.tenant = tenant
        starts = periods.starts
        self.dimensions = dimensions
        self.metric = metric
        self.now = now
        self.limit = limit
    }

    /// - Parameter timers: a query with the columns `ticket_id`, `metric`, `group_id`, `organization_id`, `outcome` and `counted_at`. Its parameters: `$1` the tenant,
    ///   `$2` and `$3` the half-open time, `$4` what now is.
    static func sql(timers: String) -> String {
        """
        SELECT c.metric, CASE WHEN $6 THEN t.priority END, CASE WHEN $7 THEN coalesce(CASE WHEN c.metric = 'group_ownership' THEN c.group_id END, t.group_id) END,
            CASE WHEN $8 THEN t.requester_id END, CASE WHEN $9 THEN c.organization_id END, width_bucket(c.counted_at, $5::timestamptz[]) - 1,
            count(*) FILTER (WHERE c.outcome = 'met'), count(*) FILTER (WHERE c.outcome = 'breached'),
            count(*) FILTER (WHERE c.outcome = 'running'), count(*) FILTER (WHERE c.outcome = 'cancelled')
        FROM (\(timers)) c JOIN docket.ticket t ON t.tenant_id = $1 AND t.id = c.ticket_id
        WHERE ($10::text IS NULL OR c.metric = $10)
        GROUP BY 1, 2, 3, 4, 5, 6 LIMIT $11
        """
    }

    func bind(_ span: Range<Timestamp>, into binder: inout Binder) {
        binder.append(tenant)
        binder.append(span.lowerBound)
        binder.append(span.upperBound)
        binder.append(now)
        binder.append(starts)
        binder.append(dimensions.contains(.priority))
        binder.append(dimensions.contains(.group))
        binder.append(dimensions.contains(.customer))
        binder.append(dimensions.contains(.organization))
        binder.append(metric?.rawValue)
        binder.append(Int64(limit))
    }

    static func decode(_ row: RowView) throws(DecodeError) -> SLAReport.Row {
        var columns = ColumnReader(row)
        guard let metric = SLAMetric(rawValue: try columns.next()) else { throw DecodeError("not a metric") }
        let priority = try columns.nextOptional(Int16.self).flatMap { Priority(rawValue: Int($0)) }
        let key = SLAReport.Key(
            metric: metric,
            priority: priority,
            group: try columns.nextOptional(),
            customer: try columns.nextOptional(),
            organization: try columns.nextOptional(),
            period: Int(try columns.next(Int32.self))
        )
        let counts = SLAReport.Counts(
            met: Int(try columns.next(Int64.self)),
            breached: Int(try columns.next(Int64.self)),
            running: Int(try columns.next(Int64.self)),
            cancelled: Int(try columns.next(Int64.self))
        )
        return SLAReport.Row(key: key, counts: counts)
    }
}
