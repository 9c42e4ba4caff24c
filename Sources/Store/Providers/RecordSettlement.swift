public import Domain
public import Postgres

/// Records that an agent resolved a ticket, where he is a provider's. Another resolution of the same work moves its time, and
/// goes to the provider for whom he works by then, until it has an amount.
public struct RecordSettlement: Statement {
    public typealias Row = NoRow
    public static let sql = """
        INSERT INTO docket.settlement AS s (tenant_id, id, ticket_id, agent_id, provider, resolved_at, created_at, updated_at)
        SELECT $1, $2, $3, a.id, a.provider, $5, $5, $5 FROM docket.agent a WHERE a.tenant_id = $1 AND a.id = $4 AND a.provider IS NOT NULL
        ON CONFLICT (tenant_id, ticket_id, agent_id) DO UPDATE SET
            provider = excluded.provider, resolved_at = excluded.resolved_at, version = s.version + 1, updated_at = excluded.updated_at
        WHERE s.tenant_id = $1 AND s.amount IS NULL
        """
    let tenant: TenantID
    let id: SettlementID
    let ticket: TicketID
    let agent: AgentID
    let time: Timestamp

    public init(tenant: TenantID, id: SettlementID, ticket: TicketID, agent: AgentID, time: Timestamp) {
        self.tenant = tenant
        self.id = id
        self.ticket = ticket
        self.agent = agent
        self.time = time
    }

    public func bind(into binder: inout Binder) {
        binder.append(tenant)
        binder.append(id)
        binder.append(ticket)
        binder.append(agent)
        binder.append(time)
    }
}
