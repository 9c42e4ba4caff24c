public import Domain
public import Postgres

/// Starts runs for the waiting tickets that ``SetToldReasons`` noted just before; where one for the same cause is live already, it goes on instead.
public struct StartRuns: Statement {
    public typealias Row = NoRow
    public static let sql = """
        INSERT INTO docket.escalation_run (tenant_id, id, ticket_id, chain_id, trigger, state, next_fire_at, document, started_at, updated_at)
        SELECT $1, v.*, $10 FROM unnest($2::uuid[], $3::uuid[], $4::uuid[], $5::text[], $6::text[], $7::timestamptz[], $8::jsonb[], $9::timestamptz[])
            AS v (id, ticket_id, chain_id, trigger, state, next_fire_at, document, started_at)
        WHERE EXISTS (SELECT FROM docket.routing_entry r WHERE r.tenant_id = $1 AND r.ticket_id = v.ticket_id AND r.told_reason = v.trigger)
            AND (NOT $11 OR EXISTS (
            SELECT FROM docket.ticket t JOIN docket.agent_group g ON g.tenant_id = $1 AND g.id = t.group_id AND g.head_agent_id IS NOT NULL
            WHERE t.tenant_id = $1 AND t.id = v.ticket_id))
        ON CONFLICT (tenant_id, ticket_id, trigger, chain_id) WHERE state IN ('running', 'held', 'acknowledged') DO NOTHING
        """
    private let runs: PutRuns

    private let needsSupervisor: Bool

    /// - Parameter needsSupervisor: whether only tickets get one whose group has a head.
    public init(tenant: TenantID, runs: [EscalationRunRecord], needsSupervisor: Bool, time: Timestamp) {
        self.needsSupervisor = needsSupervisor
        self.runs = PutRuns(tenant: tenant, runs: runs, time: time)
    }

    public func bind(into binder: inout Binder) {
        runs.bind(into: &binder)
        binder.append(needsSupervisor)
    }
}
