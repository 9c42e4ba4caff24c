public import Domain
public import Postgres

/// The agent of the newest ticket of a requester that has one, if it came in since a time: whom a new ticket prefers where its queue keeps requesters
/// with their agents (routing.md D). No row where there is none.
///
/// Looks at the requester's newest tickets only: somebody who sends thousands costs no more than others.
public struct FindLastAgent: Statement {
    public typealias Row = AgentID
    /// The most tickets looked at.
    public static let depth = 50

    public static let sql = """
        SELECT n.assignee_id FROM (
            SELECT t.assignee_id, t.created_at, t.id FROM docket.ticket t
            WHERE t.tenant_id = $1 AND t.requester_id = $2 AND t.created_at >= $3 ORDER BY t.created_at DESC, t.id DESC LIMIT \(depth)
        ) n WHERE n.assignee_id IS NOT NULL ORDER BY n.created_at DESC, n.id DESC LIMIT 1
        """
    let tenant: TenantID
    let requester: RequesterID
    let since: Timestamp

    public init(tenant: TenantID, requester: RequesterID, since: Timestamp) {
        self.tenant = tenant
        self.requester = requester
        self.since = since
    }

    public func bind(into binder: inout Binder) {
        binder.append(tenant)
        binder.append(requester)
        binder.append(since)
    }

    public static func decode(_ row: RowView) throws(DecodeError) -> AgentID {
        try row.decode(AgentID.self, at: 0)
    }
}
