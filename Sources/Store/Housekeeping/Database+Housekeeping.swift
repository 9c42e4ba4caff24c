public import Domain
public import Postgres

extension Database {
    /// Makes the monthly partitions of the history tables for this month and those ahead. Does nothing while another process is at it.
    ///
    /// - Returns: how many were made.
    /// - Throws: ``StoreError``.
    @discardableResult
    public func ensurePartitions(monthsAhead: Int) async throws -> Int {
        try await runGlobal(EnsurePartitions(monthsAhead: monthsAhead)).first ?? 0
    }

    /// Tenants with idempotency records older than `days`, at most 10,000.
    ///
    /// - Throws: ``StoreError``.
    public func tenantsWithIdempotencyRecords(olderThanDays days: Int) async throws -> [TenantID] {
        try await runGlobal(TenantsToPurge(days: days))
    }
}

/// Deletes a tenant's oldest idempotency records: a stretch of the index by age, whatever the planner believes. Those of the last one's moment go with it.
public struct PurgeIdempotencyRecords: Statement {
    public typealias Row = NoRow
    public static let sql = """
        DELETE FROM docket.idempotency_record r
        WHERE r.tenant_id = $1 AND r.created_at <= (
            SELECT max(o.created_at) FROM (
                SELECT x.created_at FROM docket.idempotency_record x
                WHERE x.tenant_id = $1 AND x.created_at < (SELECT docket.now()) - make_interval(days => $2)
                ORDER BY x.created_at LIMIT $3
            ) o
        )
        """
    let rows: AgedRows

    public init(_ rows: AgedRows) {
        self.rows = rows
    }

    public func bind(into binder: inout Binder) {
        rows.bind(into: &binder)
    }
}

private struct EnsurePartitions: Statement {
    /// The lock's number is this statement's own; it keeps two schedulers from making the same table.
    static let sql = """
        SELECT CASE WHEN pg_try_advisory_xact_lock(7234981120455)
            THEN docket.ensure_partitions('ticket_event', (docket.now() AT TIME ZONE 'UTC')::date, $1)
                + docket.ensure_partitions('delivery_attempt', (docket.now() AT TIME ZONE 'UTC')::date, $1)
            ELSE 0 END
        """
    let monthsAhead: Int

    func bind(into binder: inout Binder) {
        binder.append(Int32(clamping: monthsAhead))
    }

    static func decode(_ row: RowView) throws(DecodeError) -> Int {
        Int(try row.decode(Int32.self, at: 0))
    }
}

private struct TenantsToPurge: Statement {
    static let sql = "SELECT tenant_id FROM docket.tenants_to_purge(docket.now() - make_interval(days => $1), 10000)"
    let days: Int

    func bind(into binder: inout Binder) {
        binder.append(Int32(clamping: days))
    }

    static func decode(_ row: RowView) throws(DecodeError) -> TenantID {
        try row.decode(TenantID.self, at: 0)
    }
}
