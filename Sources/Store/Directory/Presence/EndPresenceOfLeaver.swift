public import Domain
public import Postgres

/// Signs an agent out who works here no more, so that his tickets are looked after.
public struct EndPresenceOfLeaver: Statement {
    public typealias Row = NoRow
    public static let sql = """
        INSERT INTO docket.agent_presence AS p (tenant_id, agent_id, status, lease_until) VALUES ($1, $2, 'offline', $3)
        ON CONFLICT (tenant_id, agent_id) DO UPDATE SET status = 'offline', online_since = NULL, lease_until = $3, settled = false,
            is_held = false, misses = 0
        WHERE p.tenant_id = $1
        """
    let tenant: TenantID
    let agent: AgentID
    let time: Timestamp

    public init(tenant: TenantID, agent: AgentID, time: Timestamp) {
        self.tenant = tenant
        self.agent = agent
        self.time = time
    }

    public func bind(into binder: inout Binder) {
        binder.append(tenant)
        binder.append(agent)
        binder.append(time)
    }
}
