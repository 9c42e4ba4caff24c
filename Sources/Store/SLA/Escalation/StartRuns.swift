public import Domain
public import Postgres

/// Starts runs for the unroutable tickets of which nobody was told so far (``RecordUnroutable``), and marks those for which there is somebody to tell; where a
/// run for the same cause is live already, it goes on instead. Tickets that a command holds are left to a later pass.
public struct StartRuns: Statement {
    public typealias Row = NoRow
    public static let sql = """
        WITH free AS MATERIALIZED (
            SELECT t.id, t.group_id FROM docket.ticket t WHERE t.tenant_id = $1 AND t.id = ANY ($3) AND t.state = 'waiting_assignment'
            ORDER BY t.id FOR KEY SHARE SKIP LOCKED
        ), heard AS MATERIALIZED (
            SELECT r.ticket_id FROM docket.routing_entry r JOIN free f ON f.id = r.ticket_id
            WHERE r.tenant_id = $1 AND r.told_reason = '\(UnroutableMark.untold.rawValue)' AND (NOT $11 OR EXISTS (
                SELECT FROM docket.agent_group g WHERE g.tenant_id = $1 AND g.id = f.group_id AND g.head_agent_id IS NOT NULL))
        ), started AS (
            INSERT INTO docket.escalation_run (tenant_id, id, ticket_id, chain_id, trigger, state, next_fire_at, document, started_at, updated_at)
            SELECT $1, v.*, $10 FROM unnest($2::uuid[], $3::uuid[], $4::uuid[], $5::text[], $6::text[], $7::timestamptz[], $8::jsonb[], $9::timestamptz[])
                AS v (id, ticket_id, chain_id, trigger, state, next_fire_at, document, started_at)
            WHERE v.ticket_id IN (SELECT h.ticket_id FROM heard h)
            ON CONFLICT (tenant_id, ticket_id, trigger, chain_id) WHERE state IN ('running', 'held', 'acknowledged') DO NOTHING
        )
        UPDATE docket.routing_entry r SET told_reason = '\(UnroutableMark.told.rawValue)' FROM heard h WHERE r.tenant_id = $1 AND r.ticket_id = h.ticket_id
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
