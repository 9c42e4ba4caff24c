public import Domain
public import Postgres

/// Locks the rows of agents' loads in agent-id order, as everybody does (routing.md E), whether the agents are active or not.
public struct LockLoadRows: Statement {
    public typealias Row = AgentID
    public static let sql = """
        SELECT agent_id FROM docket.agent_load WHERE tenant_id = $1 AND agent_id = ANY ($2) ORDER BY agent_id FOR UPDATE
        """
    let tenant: TenantID
    let agents: [AgentID]

    public init(tenant: TenantID, agents: [AgentID]) {
        self.tenant = tenant
        self.agents = agents
    }

    public func bind(into binder: inout Binder) {
        binder.append(tenant)
        binder.append(agents)
    }

    public static func decode(_ row: RowView) throws(DecodeError) -> AgentID {
        try row.decode(AgentID.self, at: 0)
    }
}
