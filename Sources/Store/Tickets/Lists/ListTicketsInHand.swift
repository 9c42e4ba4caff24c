public import Domain
public import Postgres

/// A page of the tickets that an agent has in certain states, none of them solved, in the order of their creation.
public struct ListTicketsInHand: Statement {
    public typealias Row = TicketPosition
    public static let sql = """
        SELECT t.created_at, t.id FROM docket.ticket t WHERE t.tenant_id = $1 AND t.assignee_id = $2 AND t.state = ANY ($3) AND \(TicketHands.inHand("t"))
            AND (t.created_at, t.id) > ($4, $5)
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
