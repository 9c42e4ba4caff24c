public import Domain
public import Postgres

/// Sets an agent's capacity; makes the row of his load where he has none yet, and never touches the load itself.
public struct PutAgentCapacity: Statement {
    public typealias Row = NoRow
    public static let sql = """
        INSERT INTO docket.agent_load AS l (tenant_id, agent_id, capacity) VALUES ($1, $2, $3)
        ON CONFLICT (tenant_id, agent_id) DO UPDATE SET capacity = excluded.capacity WHERE l.tenant_id = $1
        """
    let tenant: TenantID
    let agent: AgentID
    let capacity: Int

    public init(tenant: TenantID, agent: AgentID, capacity: Int) {
        self.tenant = tenant
        self.agent = agent
        self.capacity = capacity
    }

    public func bind(into binder: inout Binder) {
        binder.append(tenant)
        binder.append(agent)
        binder.append(Int32(clamping: capacity))
    }
}
