public import Domain
public import Postgres

/// Ends the wait of notices. One that is not sent leaves a record among the attempts to deliver, which says why.
public struct SettleHeldNotices: Statement {
    public typealias Row = NoRow
    public static let sql = """
        WITH done AS MATERIALIZED (
            SELECT * FROM unnest($2::timestamptz[], $3::uuid[], $4::uuid[], $5::int[], $6::text[]) AS d (due_at, agent_id, ticket_id, event_seq, reason)
        ), gone AS (
            DELETE FROM docket.held_notice h USING done d
            WHERE h.tenant_id = $1 AND h.due_at = d.due_at AND h.agent_id = d.agent_id AND h.ticket_id = d.ticket_id AND h.event_seq = d.event_seq
            RETURNING d.agent_id, d.ticket_id, d.event_seq, d.reason
        )
        INSERT INTO docket.delivery_attempt (tenant_id, at, outbox_id, attempt, kind, outcome, detail, duration_us)
        SELECT $1, $7, md5(g.ticket_id::text || g.event_seq || g.agent_id::text)::uuid, 0, 'notice', 'dropped',
            g.reason || ' (ticket ' || g.ticket_id || ', event ' || g.event_seq || ', agent ' || g.agent_id || ')', 0
        FROM gone g WHERE g.reason IS NOT NULL
        """
    let tenant: TenantID
    let notices: [(notice: HeldNotice, lapse: NoticeLapse?)]
    let time: Timestamp

    /// - Parameter notices: with why each is not sent; nil where it is.
    public init(tenant: TenantID, notices: [(notice: HeldNotice, lapse: NoticeLapse?)], time: Timestamp) {
        self.tenant = tenant
        self.notices = notices
        self.time = time
    }

    public func bind(into binder: inout Binder) {
        binder.append(tenant)
        notices.map(\.notice).bind(into: &binder)
        binder.append(notices.map { $0.lapse?.reason })
        binder.append(time)
    }
}
