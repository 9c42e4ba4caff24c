public import Domain
public import Postgres

/// What some agents do right now, in the order of their ids.
public struct LoadWorkloads: Statement {
    public typealias Row = AgentWorkload
    public static let sql = """
        SELECT l.agent_id, l.capacity, l.load, l.last_assigned_at, l.channel_loads, p.status, p.online_since, p.lease_until, p.channels_off, p.is_held
        FROM docket.agent_load l LEFT JOIN docket.agent_presence p ON p.tenant_id = $1 AND p.agent_id = l.agent_id
        WHERE l.tenant_id = $1 AND l.agent_id = ANY ($2) ORDER BY l.agent_id
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

    public static func decode(_ row: RowView) throws(DecodeError) -> AgentWorkload {
        var columns = ColumnReader(row)
        let agent = try columns.next(AgentID.self)
        return AgentWorkload(
            agentID: agent,
            capacity: Int(try columns.next(Int32.self)),
            load: Int(try columns.next(Int32.self)),
            lastAssignedAt: try columns.nextOptional(),
            channelLoads: try ChannelColumns.decodeLoads(&columns),
            presence: try presence(of: agent, &columns)
        )
    }

    private static func presence(of agent: AgentID, _ columns: inout ColumnReader) throws(DecodeError) -> AgentPresence? {
        guard let text = try columns.nextOptional(String.self) else { return nil }
        guard let status = RoutingPresence(rawValue: text) else { throw DecodeError("an unknown presence") }
        return AgentPresence(
            agentID: agent,
            status: status,
            onlineSince: try columns.nextOptional(),
            leaseUntil: try columns.next(),
            channelsOff: Set(try columns.nextArray(String.self).compactMap(Channel.init(rawValue:))),
            isHeld: try columns.next()
        )
    }
}
