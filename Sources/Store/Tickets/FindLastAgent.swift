public import Domain
public import Postgres

/// To whom a ticket of a requester was given last that he still has, or had when it was solved, if that was since a time: whom a new ticket prefers where its queue
/// keeps requesters with their agents (routing.md D). No row where there is none.
///
/// Looks at the requester's newest tickets only, and at their last events: somebody who sends thousands costs no more than others. A ticket about which more was written
/// since it was given to its agent counts by the oldest event that is looked at: it was given to him before, and is in his hands yet.
public struct FindLastAgent: Statement {
    public typealias Row = AgentID
    /// The most tickets looked at.
    public static let depth = 50
    /// The most events of each looked at.
    public static let eventDepth = 200

    public static let sql = """
        SELECT n.assignee_id FROM (
            SELECT t.assignee_id, t.last_seq, t.updated_at, t.created_at, t.id FROM docket.ticket t
            WHERE t.tenant_id = $1 AND t.requester_id = $2 ORDER BY t.created_at DESC, t.id DESC LIMIT \(depth)
        ) n CROSS JOIN LATERAL (
            SELECT e.at FROM docket.ticket_event e
            WHERE e.tenant_id = $1 AND e.ticket_id = n.id AND e.at >= $3 AND e.seq > n.last_seq - \(eventDepth)
                AND (e.kind = 'ticket.assigned' OR e.seq = n.last_seq - \(eventDepth - 1))
            ORDER BY e.seq DESC LIMIT 1
        ) a WHERE n.assignee_id IS NOT NULL AND n.updated_at >= $3 ORDER BY a.at DESC, n.created_at DESC, n.id DESC LIMIT 1
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
