public import Domain
public import Postgres

/// Changes agents' loads in the transaction that changes their tickets (routing.md F). Rows are locked in agent-id order, as everybody does.
public struct AdjustLoads: Statement {
    public typealias Row = NoRow
    public static let sql = """
        WITH change AS (
            SELECT c.agent_id, sum(c.delta)::int AS delta, (count(*) FILTER (WHERE c.assigned))::int AS assigned, bool_or(c.finished) AS finished,
                (count(*) FILTER (WHERE c.answered))::int AS answered,
                \(ChannelColumns.sums(weight: "c.delta", channel: "c.channel"))
            FROM unnest($2::uuid[], $3::int[], $4::bool[], $5::bool[], $6::text[], $8::bool[]) AS c (agent_id, delta, assigned, finished, channel, answered)
            GROUP BY c.agent_id
        ), locked AS (
            SELECT l.agent_id FROM docket.agent_load l WHERE l.tenant_id = $1 AND l.agent_id = ANY ($2) ORDER BY l.agent_id FOR UPDATE
        )
        UPDATE docket.agent_load l
        SET load = greatest(0, l.load + c.delta),
            channel_loads = \(ChannelColumns.adding(to: "l.channel_loads", sums: "c")),
            open_offers = greatest(0, l.open_offers - c.answered),
            last_assigned_at = CASE WHEN c.assigned > 0 THEN $7 ELSE l.last_assigned_at END,
            recent_assignments = \(RecentAssignments.appending("array_fill($7, ARRAY[c.assigned])", to: "l")),
            wrap_up_until = CASE WHEN c.finished AND l.wrap_up_seconds > 0
                THEN greatest(l.wrap_up_until, $7 + make_interval(secs => l.wrap_up_seconds)) ELSE l.wrap_up_until END
        FROM change c JOIN locked USING (agent_id)
        WHERE l.tenant_id = $1 AND l.agent_id = c.agent_id
        """

    /// What changes for one agent by one ticket.
    public struct Change: Hashable, Sendable {
        public let agent: AgentID
        public let channel: Channel
        /// Capacity units, negative when work goes away.
        public let delta: Int
        /// Whether the agent got a ticket now: moves `last_assigned_at`.
        public let wasAssigned: Bool
        /// Whether he has done with a ticket now: begins his wrap-up time.
        public let hasFinished: Bool
        /// Whether he is asked no more to take a ticket.
        public let endsOffer: Bool

        public init(
            agent: AgentID,
            channel: Channel,
            delta: Int,
            wasAssigned: Bool = false,
            hasFinished: Bool = false,
            endsOffer: Bool = false
        ) {
            self.endsOffer = endsOffer
            self.agent = agent
            self.channel = channel
            self.delta = delta
            self.wasAssigned = wasAssigned
            self.hasFinished = hasFinished
        }
    }

    let tenant: TenantID
    let changes: [Change]
    let time: Timestamp

    public init(tenant: TenantID, changes: [Change], time: Timestamp) {
        self.tenant = tenant
        self.changes = changes
        self.time = time
    }

    public func bind(into binder: inout Binder) {
        binder.append(tenant)
        binder.append(changes.map(\.agent))
        binder.append(changes.map { Int32(clamping: $0.delta) })
        binder.append(changes.map(\.wasAssigned))
        binder.append(changes.map(\.hasFinished))
        binder.append(changes.map(\.channel.rawValue))
        binder.append(time)
        binder.append(changes.map(\.endsOffer))
    }
}
