public import Domain
public import Postgres

/// Agents whose load, as a whole or on a channel, is not the sum of the weights of their tickets that take capacity, or who are not asked to take as many as is kept; those who do not exist come last. One statement, one
/// snapshot: tickets and loads change together.
public struct LoadDrift: Statement {
    public struct Row: Sendable {
        public let agent: AgentID
        /// nil where tickets name an agent who has no row.
        public let stored: Int?
        public let actual: Int
    }

    public static let sql = """
        SELECT coalesce(l.agent_id, w.agent_id), l.load::bigint, coalesce(w.load, 0)
        FROM (SELECT x.agent_id, x.load, x.channel_loads, x.open_offers FROM docket.agent_load x WHERE x.tenant_id = $1) l
        FULL JOIN (
            SELECT s.agent_id, coalesce(s.load, 0) AS load, s.open_offers, \(ChannelColumns.array(of: "s")) AS channel_loads
            FROM (
                SELECT coalesce(t.assignee_id, t.offered_agent_id) AS agent_id, sum(t.units) AS load, count(t.offered_agent_id) AS open_offers,
                    \(ChannelColumns.sums(weight: "t.units", channel: "t.channel"))
                FROM (
                    SELECT t.assignee_id, t.offered_agent_id, t.channel, \(HeldUnits.sql(full: "$2", waiting: "$4")) AS units FROM docket.ticket t
                    WHERE t.tenant_id = $1 AND ((t.assignee_id IS NOT NULL AND \(TicketHands.inHand("t"))) OR t.offered_agent_id IS NOT NULL)
                ) t GROUP BY 1
            ) s
        ) w ON w.agent_id = l.agent_id
        WHERE l.load IS DISTINCT FROM coalesce(w.load, 0) OR l.open_offers IS DISTINCT FROM coalesce(w.open_offers, 0)
            OR l.channel_loads IS DISTINCT FROM coalesce(w.channel_loads, array_fill(0, ARRAY[\(Channel.allCases.count)]))
        ORDER BY l.agent_id IS NULL, 1 LIMIT $3
        """
    let tenant: TenantID
    let states: [TicketState]
    let waiting: [TicketState]
    let limit: Int

    /// - Parameters:
    ///   - states: those in which a ticket takes capacity from its agent in full (routing.md F).
    ///   - waiting: those in which it takes the part that the tenant has set.
    public init(tenant: TenantID, states: [TicketState], waiting: [TicketState] = [], limit: Int) {
        self.tenant = tenant
        self.states = states
        self.waiting = waiting
        self.limit = limit
    }

    public func bind(into binder: inout Binder) {
        binder.append(tenant)
        binder.append(states.map(\.rawValue))
        binder.append(Int64(limit))
        binder.append(waiting.map(\.rawValue))
    }

    public static func decode(_ row: RowView) throws(DecodeError) -> Row {
        var columns = ColumnReader(row)
        return Row(agent: try columns.next(), stored: try columns.nextOptional(), actual: try columns.next())
    }
}
