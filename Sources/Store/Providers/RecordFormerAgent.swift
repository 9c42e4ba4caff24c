public import Domain
public import Postgres

/// Remembers that an agent had a ticket, where he is a provider's: he goes on seeing it.
public struct RecordFormerAgent: Statement {
    public typealias Row = NoRow
    public static let sql = """
        INSERT INTO docket.former_agent (tenant_id, agent_id, ticket_id)
        SELECT $1, a.id, $3 FROM docket.agent a WHERE a.tenant_id = $1 AND a.id = $2 AND a.provider IS NOT NULL
        ON CONFLICT DO NOTHING
        """
    let tenant: TenantID
    let agent: AgentID
    let ticket: TicketID

    public init(tenant: TenantID, agent: AgentID, ticket: TicketID) {
        self.tenant = tenant
        self.agent = agent
        self.ticket = ticket
    }

    public func bind(into binder: inout Binder) {
        binder.append(tenant)
        binder.append(agent)
        binder.append(ticket)
    }
}
