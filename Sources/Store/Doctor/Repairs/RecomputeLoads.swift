public import Domain
public import Postgres

/// Sets agents' loads to the sum over their tickets. To be run in a statement of its own after ``LockLoadRows``: whoever changed a ticket and
/// committed has changed the load before, and whoever has not committed will add his difference when the lock is free.
public struct RecomputeLoads: Statement {
    public typealias Row = NoRow
    public static let sql = """
        UPDATE docket.agent_load l SET load = w.load, channel_loads = \(ChannelColumns.array(of: "w"))
        FROM (
            SELECT a.agent_id, coalesce(sum(t.weight), 0) AS load, \(ChannelColumns.sums(weight: "t.weight", channel: "t.channel"))
            FROM unnest($2::uuid[]) AS a (agent_id)
            LEFT JOIN docket.ticket t ON t.tenant_id = $1
                AND ((t.assignee_id = a.agent_id AND t.state = ANY ($3)) OR t.offered_agent_id = a.agent_id) GROUP BY a.agent_id
        ) w
        WHERE l.tenant_id = $1 AND l.agent_id = w.agent_id
            AND (l.load, l.channel_loads) IS DISTINCT FROM (w.load, \(ChannelColumns.array(of: "w")))
        """
    let tenant: TenantID
    let agents: [AgentID]
    let states: [TicketState]

    public init(tenant: TenantID, agents: [AgentID], states: [TicketState]) {
        self.tenant = tenant
        self.agents = agents
        self.states = states
    }

    public func bind(into binder: inout Binder) {
        binder.append(tenant)
        binder.append(agents)
        binder.append(states.map(\.rawValue))
    }
}
