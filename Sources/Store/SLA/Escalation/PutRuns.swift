public import Domain
public import Postgres

/// Writes runs, new ones and changed ones, of one ticket or of many.
public struct PutRuns: Statement {
    public typealias Row = NoRow
    public static let sql = """
        INSERT INTO docket.escalation_run AS e (tenant_id, id, ticket_id, chain_id, trigger, state, next_fire_at, document, started_at, updated_at)
        SELECT $1, v.*, $10 FROM unnest($2::uuid[], $3::uuid[], $4::uuid[], $5::text[], $6::text[], $7::timestamptz[], $8::jsonb[], $9::timestamptz[])
            AS v (id, ticket_id, chain_id, trigger, state, next_fire_at, document, started_at)
        ON CONFLICT (tenant_id, id) DO UPDATE SET
            state = excluded.state, next_fire_at = excluded.next_fire_at, document = excluded.document, updated_at = excluded.updated_at
        WHERE e.tenant_id = $1
        """
    let tenant: TenantID
    let runs: [EscalationRunRecord]
    let time: Timestamp

    public init(tenant: TenantID, runs: [EscalationRunRecord], time: Timestamp) {
        self.tenant = tenant
        self.runs = runs
        self.time = time
    }

    public func bind(into binder: inout Binder) {
        binder.append(tenant)
        binder.append(runs.map(\.id))
        binder.append(runs.map(\.ticket))
        binder.append(runs.map(\.chain))
        binder.append(runs.map(\.trigger))
        binder.append(runs.map(\.stateCode))
        binder.append(runs.map(\.run.nextFireAt))
        binder.append(runs.map { DocumentCoding.encode($0.run) })
        binder.append(runs.map(\.run.startedAt))
        binder.append(time)
    }
}
