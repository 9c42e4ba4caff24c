public import Domain
public import Postgres

extension Database {
    /// Makes a history table's monthly partitions for this month and those ahead. Does nothing while another process is at it.
    ///
    /// - Returns: how many were made, and what kept others from being made: one month's failure ends no other's.
    /// - Throws: ``StoreError``.
    public func ensurePartitions(of table: MonthlyTable, monthsAhead: Int) async throws -> (made: Int, failure: PartitionFailure?) {
        let row = try await runGlobal(EnsurePartitions(table: table, monthsAhead: monthsAhead)).first
        return (row?.made ?? 0, row?.failure)
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
