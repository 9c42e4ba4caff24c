public import Domain
public import Postgres

/// The tickets that are offered to an agent now, the first to expire first.
public struct ListOffersOfAgent: Statement {
    public typealias Row = Ticket
    public static let limit = 200
    public static let sql = """
        SELECT \(TicketColumns.list) FROM docket.ticket WHERE tenant_id = $1 AND offered_agent_id = $2 ORDER BY offer_expires_at, id LIMIT \(limit)
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

    public static func decode(_ row: RowView) throws(DecodeError) -> Ticket {
        try LoadTicket.decode(row)
    }
}
