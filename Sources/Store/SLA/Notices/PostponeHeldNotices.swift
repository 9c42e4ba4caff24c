public import Domain
public import Postgres

/// Lets notices wait on: it is still, or again, quiet for their readers.
public struct PostponeHeldNotices: Statement {
    public typealias Row = NoRow
    public static let sql = """
        UPDATE docket.held_notice h SET due_at = d.until
        FROM unnest($2::timestamptz[], $3::uuid[], $4::uuid[], $5::int[], $6::timestamptz[]) AS d (due_at, agent_id, ticket_id, event_seq, until)
        WHERE h.tenant_id = $1 AND h.due_at = d.due_at AND h.agent_id = d.agent_id AND h.ticket_id = d.ticket_id AND h.event_seq = d.event_seq
        """
    let tenant: TenantID
    let notices: [(notice: HeldNotice, until: Timestamp)]

    public init(tenant: TenantID, notices: [(notice: HeldNotice, until: Timestamp)]) {
        self.tenant = tenant
        self.notices = notices
    }

    public func bind(into binder: inout Binder) {
        binder.append(tenant)
        notices.map(\.notice).bind(into: &binder)
        binder.append(notices.map(\.until))
    }
}
