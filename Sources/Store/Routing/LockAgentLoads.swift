public import Domain
public import Postgres

/// Agents' capacities and loads, locked in agent-id order until the transaction ends. No row for an agent that does not exist or is not active.
public struct LockAgentLoads: Statement {
    public struct Row: Sendable {
        public let agent: AgentID
        public let capacity: Int
        public let load: Int

        public init(agent: AgentID, capacity: Int, load: Int) {
            self.agent = agent
            self.capacity = capacity
            self.load = load
        }
    }

    public static let sql = """
        SELECT l.agent_id, l.capacity, l.load FROM docket.agent_load l JOIN docket.agent a ON a.tenant_id = l.tenant_id AND a.id = l.agent_id
        WHERE l.tenant_id = $1 AND a.tenant_id = $1 AND l.agent_id = ANY ($2) AND a.active ORDER BY l.agent_id FOR UPDATE OF l
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

    public static func decode(_ row: RowView) throws(DecodeError) -> Row {
        Row(
            agent: try row.decode(AgentID.self, at: 0),
            capacity: Int(try row.decode(Int32.self, at: 1)),
            load: Int(try row.decode(Int32.self, at: 2))
        )
    }
}
