public import Domain
public import Postgres

/// Counts timers by outcome (Domain's `SLAReport`): by when a target was missed, or what was promised happened.
///
/// A timer whose time ran out counts as missed at that instant, whether a scheduler has recorded it or not: such timers are found by when they are due, and
/// left out where they stand as running.
public struct CountOutcomes: Statement {
    public typealias Row = SLAReport.Row
    public static let sql = """
        WITH clock AS MATERIALIZED (SELECT docket.now() AS now),
        counted AS (
            SELECT s.ticket_id, s.metric, s.group_id, s.organization_id, s.outcome, s.counted_at FROM docket.sla_timer s
            WHERE s.tenant_id = $1 AND s.counted_at >= $2 AND s.counted_at < $3
                AND NOT (s.outcome = 'running' AND s.breach_at IS NOT NULL AND s.breach_at <= (SELECT now FROM clock))
            UNION ALL
            SELECT s.ticket_id, s.metric, s.group_id, s.organization_id, 'breached', s.breach_at FROM docket.sla_timer s
            WHERE s.tenant_id = $1 AND s.next_fire_at <= (SELECT now FROM clock) AND s.outcome = 'running'
                AND s.breach_at <= (SELECT now FROM clock) AND s.breach_at >= $2 AND s.breach_at < $3
        )
        SELECT c.metric, CASE WHEN $5 THEN t.priority END, CASE WHEN $6 THEN coalesce(CASE WHEN c.metric = 'group_ownership' THEN c.group_id END, t.group_id) END,
            CASE WHEN $7 THEN t.requester_id END, CASE WHEN $10 THEN c.organization_id END, width_bucket(c.counted_at, $4::timestamptz[]) - 1,
            count(*) FILTER (WHERE c.outcome = 'met'), count(*) FILTER (WHERE c.outcome = 'breached'),
            count(*) FILTER (WHERE c.outcome = 'running'), count(*) FILTER (WHERE c.outcome = 'cancelled')
        FROM counted c JOIN docket.ticket t ON t.tenant_id = $1 AND t.id = c.ticket_id
        WHERE ($8::text IS NULL OR c.metric = $8)
        GROUP BY 1, 2, 3, 4, 5, 6 ORDER BY 6, 1, 2, 3, 4, 5 LIMIT $9
        """
    let tenant: TenantID
    let span: Range<Timestamp>
    let starts: [Timestamp]
    let dimensions: Set<SLAReport.Dimension>
    let metric: SLAMetric?
    let limit: Int

    /// - Parameters:
    ///   - periods: where each begins, the first with the span.
    ///   - metric: nil for all.
    public init(
        tenant: TenantID,
        span: Range<Timestamp>,
        periods: ReportPeriods,
        dimensions: Set<SLAReport.Dimension>,
        metric: SLAMetric?,
        limit: Int
    ) {
        self.tenant = tenant
        self.span = span
        starts = periods.starts
        self.dimensions = dimensions
        self.metric = metric
        self.limit = limit
    }

    public func bind(into binder: inout Binder) {
        binder.append(tenant)
        binder.append(span.lowerBound)
        binder.append(span.upperBound)
        binder.append(starts)
        binder.append(dimensions.contains(.priority))
        binder.append(dimensions.contains(.group))
        binder.append(dimensions.contains(.customer))
        binder.append(metric?.rawValue)
        binder.append(Int64(limit))
        binder.append(dimensions.contains(.organization))
    }

    public static func decode(_ row: RowView) throws(DecodeError) -> SLAReport.Row {
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
