public import Domain
public import Postgres

/// Agents' capacities and loads, locked in agent-id order until the transaction ends. No row for an agent that does not exist or is not active.
public struct LockAgentLoads: Statement {
    public struct Row: Sendable {
        public let agent: AgentID
        let capacity: Int
        let channelCapacities: [Channel: Int]
        var load: Int
        var channelLoads: [Channel: Int]

        /// Whether the agent can take so much more without exceeding a capacity.
        public func fits(_ weight: Int, on channel: Channel) -> Bool {
            guard load + weight <= capacity else { return false }
            guard let limit = channelCapacities[channel] else { return true }
            return channelLoads[channel, default: 0] + weight <= limit
        }

        /// The row once the agent has so much more.
        public func adding(_ weight: Int, on channel: Channel) -> Row {
            var row = self
            row.load += weight
            row.channelLoads[channel, default: 0] += weight
            return row
        }
    }

    public static let sql = """
        SELECT l.agent_id, l.capacity, l.channel_capacities, l.load, l.channel_loads FROM docket.agent_load l JOIN docket.agent a ON a.tenant_id = l.tenant_id AND a.id = l.agent_id
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
        var columns = ColumnReader(row)
        return Row(
            agent: try columns.next(),
            capacity: Int(try columns.next(Int32.self)),
            channelCapacities: try ChannelColumns.decodeCapacities(&columns),
            load: Int(try columns.next(Int32.self)),
            channelLoads: try ChannelColumns.decodeLoads(&columns)
        )
    }
}
