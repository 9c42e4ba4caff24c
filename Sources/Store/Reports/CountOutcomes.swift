public import Domain
public import Postgres

/// Counts timers by outcome (Domain's `SLAReport`): by when a target was missed, or what was promised happened. What ``CountOverdue`` counts is left out.
public struct CountOutcomes: Statement {
    public typealias Row = SLAReport.Row
    public static let sql = OutcomeCounting.sql(
        timers: """
            SELECT s.ticket_id, s.metric, s.group_id, s.organization_id, s.outcome, s.counted_at FROM docket.sla_timer s
            WHERE s.tenant_id = $1 AND s.counted_at >= $2 AND s.counted_at < $3
                AND NOT (s.outcome = 'running' AND s.breach_at IS NOT NULL AND s.breach_at <= $4)
            """
    )
    let span: Range<Timestamp>
    let counting: OutcomeCounting

    public init(_ span: Range<Timestamp>, _ counting: OutcomeCounting) {
        self.span = span
        self.counting = counting
    }

    public func bind(into binder: inout Binder) { counting.bind(span, into: &binder) }

    public static func decode(_ row: RowView) throws(DecodeError) -> SLAReport.Row { try OutcomeCounting.decode(row) }
}

/// Counts timers whose time ran out and that no scheduler has recorded yet: they were missed at that instant all the same.
public struct CountOverdue: Statement {
    public typealias Row = SLAReport.Row
    public static let sql = OutcomeCounting.sql(
        timers: """
            SELECT s.ticket_id, s.metric, s.group_id, s.organization_id, 'breached'::text AS outcome, s.breach_at AS counted_at FROM docket.sla_timer s
            WHERE s.tenant_id = $1 AND s.next_fire_at <= $4 AND s.outcome = 'running' AND s.breach_at <= $4 AND s.breach_at >= $2 AND s.breach_at < $3
            """
    )
    let span: Range<Timestamp>
    let counting: OutcomeCounting

    public init(_ span: Range<Timestamp>, _ counting: OutcomeCounting) {
        self.span = span
        self.counting = counting
    }

    public func bind(into binder: inout Binder) { counting.bind(span, into: &binder) }

    public static func decode(_ row: RowView) throws(DecodeError) -> SLAReport.Row { try OutcomeCounting.decode(row) }
}
