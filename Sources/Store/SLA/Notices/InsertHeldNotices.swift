public import Domain
public import Postgres

/// Keeps notices until the quiet hours of their readers end.
public struct InsertHeldNotices: Statement {
    public typealias Row = NoRow
    public static let sql = """
        INSERT INTO docket.held_notice (tenant_id, due_at, agent_id, ticket_id, event_seq)
        SELECT $1, h.due_at, h.agent_id, h.ticket_id, h.event_seq
        FROM unnest($2::timestamptz[], $3::uuid[], $4::uuid[], $5::int[]) AS h (due_at, agent_id, ticket_id, event_seq)
        ON CONFLICT (tenant_id, due_at, agent_id, ticket_id, event_seq) DO NOTHING
        """
    let tenant: TenantID
    let notices: [HeldNotice]

    public init(tenant: TenantID, notices: [HeldNotice]) {
        self.tenant = tenant
        self.notices = notices
    }

    public func bind(into binder: inout Binder) {
        binder.append(tenant)
        notices.bind(into: &binder)
    }
}

extension [HeldNotice] {
    /// Four parameters: the times, the agents, the tickets, the events' numbers.
    func bind(into binder: inout Binder) {
        binder.append(map(\.dueAt))
        binder.append(map(\.agent))
        binder.append(map(\.ticket))
        binder.append(map { Int32(clamping: $0.sequence) })
    }
}
