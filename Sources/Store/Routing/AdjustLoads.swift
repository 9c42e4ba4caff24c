public import Domain
public import Postgres

/// Changes agents' loads in the transaction that changes their tickets (routing.md F). Rows are locked in agent-id order, as everybody does.
public struct AdjustLoads: Statement {
    public typealias Row = NoRow
    public static let sql = """
        WITH change AS (
            SELECT * FROM unnest($2::uuid[], $3::int[], $4::bool[]) AS c (agent_id, delta, assigned)
        ), locked AS (
            SELECT l.agent_id FROM docket.agent_load l WHERE l.tenant_id = $1 AND l.agent_id = ANY ($2) ORDER BY l.agent_id FOR UPDATE
        )
        UPDATE docket.agent_load l
        SET load = greatest(0, l.load + c.delta), last_assigned_at = CASE WHEN c.assigned THEN $5 ELSE l.last_assigned_at END
        FROM change c JOIN locked USING (agent_id)
        WHERE l.tenant_id = $1 AND l.agent_id = c.agent_id
        """

    /// What changes for one agent.
    public struct Change: Hashable, Sendable {
        public let agent: AgentID
        /// Capacity units, negative when work goes away.
        public let delta: Int
        /// Whether the agent got a ticket now: moves `last_assigned_at`.
        public let wasAssigned: Bool

        public init(agent: AgentID, delta: Int, wasAssigned: Bool) {
            self.agent = agent
            self.delta = delta
            self.wasAssigned = wasAssigned
        }
    }

    let tenant: TenantID
    let changes: [Change]
    let time: Timestamp

    /// - Parameter changes: each agent at most once.
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
        binder.append(time)
    }
}
