public import Domain
public import Postgres

/// Whether an agent ever transferred a ticket.
public struct HasTransferred: Statement {
    public typealias Row = Bool
    public static let sql = """
        SELECT EXISTS (SELECT FROM docket.ticket_event WHERE tenant_id = $1 AND ticket_id = $2 AND kind = 'ticket.transferred'
            AND actor_kind = 'agent' AND actor_id = $3)
        """
    let tenant: TenantID
    let ticket: TicketID
    let agent: AgentID

    public init(tenant: TenantID, ticket: TicketID, agent: AgentID) {
        self.tenant = tenant
        self.ticket = ticket
        self.agent = agent
    }

    public func bind(into binder: inout Binder) {
        binder.append(tenant)
        binder.append(ticket)
        binder.append(agent)
    }

    public static func decode(_ row: RowView) throws(DecodeError) -> Bool {
        try row.decode(Bool.self, at: 0)
    }
}
