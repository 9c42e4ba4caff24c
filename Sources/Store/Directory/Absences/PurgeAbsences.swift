public import Domain
public import Postgres

/// Deletes a tenant's absences that have been over the longest. Whatever is still to be done about one (``AbsenceRecord``) keeps it.
public struct PurgeAbsences: Statement {
    public typealias Row = NoRow
    public static let sql = """
        DELETE FROM docket.agent_absence a
        WHERE a.tenant_id = $1 AND a.next_at IS NULL AND a.ends_at <= (
            SELECT max(o.ends_at) FROM (
                SELECT x.ends_at FROM docket.agent_absence x
                WHERE x.tenant_id = $1 AND x.next_at IS NULL AND x.ends_at < (SELECT docket.now()) - make_interval(days => $2)
                ORDER BY x.ends_at LIMIT $3
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

extension Database {
    /// Tenants with absences that were over `days` ago, at most 10,000.
    ///
    /// - Throws: ``StoreError``.
    public func tenantsWithOldAbsences(overForDays days: Int) async throws -> [TenantID] {
        try await runGlobal(TenantsWithOldAbsences(days: days))
    }
}

private struct TenantsWithOldAbsences: Statement {
    static let sql = "SELECT tenant_id FROM docket.tenants_with_old_absences(docket.now() - make_interval(days => $1), 10000)"
    let days: Int

    func bind(into binder: inout Binder) {
        binder.append(Int32(clamping: days))
    }

    static func decode(_ row: RowView) throws(DecodeError) -> TenantID {
        try row.decode(TenantID.self, at: 0)
    }
}
