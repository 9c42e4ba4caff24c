public import Domain
public import Postgres

/// The tickets that an agent has in certain states, none of them solved, in the order of their creation.
public struct ListTicketsInHand: Statement {
    public typealias Row = TicketID
    public static let sql = """
        SELECT t.id FROM docket.ticket t WHERE t.tenant_id = $1 AND t.assignee_id = $2 AND t.state = ANY ($3) AND \(TicketHands.inHand("t"))
        ORDER BY t.created_at, t.id LIMIT $4
        """
    let tenant: TenantID
    let agent: AgentID
    let states: [TicketState]
    let limit: Int

    public init(tenant: TenantID, agent: AgentID, states: [TicketState], limit: Int) {
        self.tenant = tenant
        self.agent = agent
        self.states = states
        self.limit = limit
    }

    public func bind(into binder: inout Binder) {
        binder.append(tenant)
        binder.append(agent)
        binder.append(states.map(\.rawValue))
        binder.append(Int64(limit))
    }

    public static func decode(_ row: RowView) throws(DecodeError) -> TicketID {
        try row.decode(TicketID.self, at: 0)
    }
}
