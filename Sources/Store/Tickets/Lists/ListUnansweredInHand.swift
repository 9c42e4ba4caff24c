public import Domain
public import Postgres

/// What "without any agent reply" means (routing.md F): no agent has written to the customer since the ticket was last given to somebody.
enum UnansweredTickets {
    /// The number of the event by which the ticket `t` was last given to somebody; a ticket whose history was cut off counts from its beginning.
    private static let given = """
        coalesce((
            SELECT max(g.seq) FROM docket.ticket_event g WHERE g.tenant_id = $1 AND g.ticket_id = t.id AND g.kind = 'ticket.assigned'
        ), 0)
        """

    /// Whether the ticket `t` of the tenant `$1` is unanswered. Events from before they named the author leave it to the actor to tell.
    ///
    /// Not `NOT EXISTS`: a planner with statistics makes a join of it, which reads all events of the tenant.
    static let condition = """
        (
            SELECT e.seq FROM docket.ticket_event e
            WHERE e.tenant_id = $1 AND e.ticket_id = t.id AND e.seq > \(given) AND e.kind = 'ticket.message_added'
                AND e.data ->> 'isPublic' = 'true' AND coalesce(e.data ->> 'author', e.actor_kind) = 'agent'
            ORDER BY e.seq DESC LIMIT 1
        ) IS NULL
        """
}

/// A page of the tickets that an agent has in certain states, none of them solved, that have a queue to go back to and that no agent has answered since he got
/// them, in the order of their creation.
public struct ListUnansweredInHand: Statement {
    public typealias Row = TicketPosition
    public static let sql = """
        SELECT t.created_at, t.id FROM docket.ticket t
        WHERE t.tenant_id = $1 AND t.assignee_id = $2 AND t.state = ANY ($3) AND t.queue_id IS NOT NULL AND \(TicketHands.inHand("t")) AND (t.created_at, t.id) > ($4, $5)
            AND \(UnansweredTickets.condition)
        ORDER BY t.created_at, t.id LIMIT $6
        """
    let tenant: TenantID
    let agent: AgentID
    let states: [TicketState]
    let after: TicketPosition?
    let limit: Int

    /// - Parameter after: the last of the page before.
    public init(tenant: TenantID, agent: AgentID, states: [TicketState], after: TicketPosition?, limit: Int) {
        self.tenant = tenant
        self.agent = agent
        self.states = states
        self.after = after
        self.limit = limit
    }

    public func bind(into binder: inout Binder) {
        binder.append(tenant)
        binder.append(agent)
        binder.append(states.map(\.rawValue))
        binder.append(Timestamp(sortKey: after?.key ?? .min))
        binder.append(after?.id ?? TicketID.lowest)
        binder.append(Int64(limit))
    }

    public static func decode(_ row: RowView) throws(DecodeError) -> TicketPosition {
        TicketPosition(key: try row.decode(Timestamp.self, at: 0).microseconds, id: try row.decode(TicketID.self, at: 1))
    }
}

/// Whether an agent has answered a ticket since it was last given to somebody; one row.
public struct LoadIsAnswered: Statement {
    public typealias Row = Bool
    public static let sql = "SELECT NOT (\(UnansweredTickets.condition)) FROM docket.ticket t WHERE t.tenant_id = $1 AND t.id = $2"
    let tenant: TenantID
    let ticket: TicketID

    public init(tenant: TenantID, ticket: TicketID) {
        self.tenant = tenant
        self.ticket = ticket
    }

    public func bind(into binder: inout Binder) {
        binder.append(tenant)
        binder.append(ticket)
    }

    public static func decode(_ row: RowView) throws(DecodeError) -> Bool {
        try row.decode(Bool.self, at: 0)
    }
}
