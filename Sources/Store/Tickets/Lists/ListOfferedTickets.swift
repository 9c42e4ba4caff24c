public import Domain
public import Postgres

/// The ids of the tickets that are offered to an agent now, the first to expire first: nothing that one which cannot be read would keep from the others.
public struct ListOfferedTickets: Statement {
    public typealias Row = TicketID
    public static let sql = """
        SELECT id FROM docket.ticket WHERE tenant_id = $1 AND offered_agent_id = $2 ORDER BY offer_expires_at, id LIMIT \(ListOffersOfAgent.limit)
        """
    let tenant: TenantID
    let agent: AgentID

    public init(tenant: TenantID, agent: AgentID) {
        self.tenant = tenant
        self.agent = agent
    }

    public func bind(into binder: inout Binder) {
        binder.append(tenant)
        binder.append(agent)
    }

    public static func decode(_ row: RowView) throws(DecodeError) -> TicketID {
        try row.decode(TicketID.self, at: 0)
    }
}
