public import Domain
public import Postgres

/// Sets agents' loads to the sum over their tickets, and how many they are asked to take. To be run in a statement of its own after ``LockLoadRows``: whoever changed a ticket and
/// committed has changed the load before, and whoever has not committed will add his difference when the lock is free. Reads what they have in hand, however much they did before.
public struct RecomputeLoads: Statement {
    public typealias Row = NoRow
    private static let units = HeldUnits.sql(full: "$3", waiting: "$4")
    public static let sql = """
        UPDATE docket.agent_load l SET load = w.load, open_offers = w.open_offers, channel_loads = \(ChannelColumns.array(of: "w"))
        FROM (
            SELECT a.agent_id, coalesce(sum(t.units), 0) AS load, coalesce(sum(t.asked), 0)::int AS open_offers,
                \(ChannelColumns.sums(weight: "t.units", channel: "t.channel"))
            FROM unnest($2::uuid[]) AS a (agent_id)
            LEFT JOIN (
                SELECT t.assignee_id AS holder_id, t.channel, 0 AS asked, \(units) AS units FROM docket.ticket t
                WHERE t.tenant_id = $1 AND t.assignee_id = ANY ($2) AND (t.state = ANY ($3) OR t.state = ANY ($4)) AND \(TicketHands.inHand("t"))
                UNION ALL SELECT t.offered_agent_id, t.channel, 1, \(units) FROM docket.ticket t WHERE t.tenant_id = $1 AND t.offered_agent_id = ANY ($2)
            ) t ON t.holder_id = a.agent_id GROUP BY a.agent_id
        ) w
        WHERE l.tenant_id = $1 AND l.agent_id = w.agent_id
            AND (l.load, l.open_offers, l.channel_loads) IS DISTINCT FROM (w.load, w.open_offers, \(ChannelColumns.array(of: "w")))
        """
    let tenant: TenantID
    let agents: [AgentID]
    let states: [TicketState]
    let waiting: [TicketState]

    /// - Parameters:
    ///   - states: those in which a ticket takes capacity from its agent in full (routing.md F).
    ///   - waiting: those in which it takes the part that the tenant has set.
    public init(tenant: TenantID, agents: [AgentID], states: [TicketState], waiting: [TicketState] = []) {
        self.tenant = tenant
        self.agents = agents
        self.states = states
        self.waiting = waiting
    }

    public func bind(into binder: inout Binder) {
        binder.append(tenant)
        binder.append(agents)
        binder.append(states.map(\.rawValue))
        binder.append(waiting.map(\.rawValue))
    }
}
