public import Domain
public import Postgres

/// Sets how much work an agent may get; makes the row of his load where he has none yet, and never touches the load itself. A shorter wrap-up counts for the
/// one that he is in, too.
public struct PutAgentCapacity: Statement {
    public typealias Row = NoRow
    public static let sql = """
        INSERT INTO docket.agent_load AS l (tenant_id, agent_id, capacity, channel_capacities, ramp_up_seconds, wrap_up_seconds, rate_assignments,
            rate_minutes)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
        ON CONFLICT (tenant_id, agent_id) DO UPDATE SET capacity = excluded.capacity, channel_capacities = excluded.channel_capacities,
            ramp_up_seconds = excluded.ramp_up_seconds, wrap_up_seconds = excluded.wrap_up_seconds,
            rate_assignments = excluded.rate_assignments, rate_minutes = excluded.rate_minutes,
            wrap_up_until = CASE WHEN l.wrap_up_until IS NOT NULL
                THEN least(l.wrap_up_until, docket.now() + excluded.wrap_up_seconds * interval '1 second') END
        WHERE l.tenant_id = $1
        """
    let tenant: TenantID
    let agent: AgentID
    let capacity: Int
    let rules: WorkRules

    public init(tenant: TenantID, agent: AgentID, capacity: Int, rules: WorkRules) {
        self.tenant = tenant
        self.agent = agent
        self.capacity = capacity
        self.rules = rules
    }

    public func bind(into binder: inout Binder) {
        binder.append(tenant)
        binder.append(agent)
        binder.append(Int32(clamping: capacity))
        rules.bind(into: &binder)
    }
}
