public import Domain
public import Postgres

extension Database {
    /// Tenants with re-evaluations that are over, or deliveries that were given up, older than `days`, at most 10,000.
    ///
    /// - Throws: ``StoreError``.
    public func tenantsToClear(olderThanDays days: Int) async throws -> [TenantID] {
        try await runGlobal(TenantsToClear(days: days))
    }
}

/// Deletes a tenant's oldest re-evaluations that are over, with what superseded ones have left undone.
public struct PurgeReevaluations: Statement {
    public typealias Row = NoRow
    public static let sql = """
        WITH old AS MATERIALIZED (
            SELECT x.id FROM docket.sla_reevaluation x
            WHERE x.tenant_id = $1 AND x.requested_at < (SELECT docket.now()) - make_interval(days => $2)
                AND x.finished_at < (SELECT docket.now()) - make_interval(days => $2) AND x.state IN ('done', 'superseded')
            ORDER BY x.requested_at LIMIT $3
        ), parts AS (
            DELETE FROM docket.sla_reevaluation_part p WHERE p.tenant_id = $1 AND p.reevaluation_id = ANY (ARRAY(SELECT id FROM old))
        )
        DELETE FROM docket.sla_reevaluation r WHERE r.tenant_id = $1 AND r.id = ANY (ARRAY(SELECT id FROM old))
        """
    let rows: AgedRows

    public init(_ rows: AgedRows) {
        self.rows = rows
    }

    public func bind(into binder: inout Binder) {
        rows.bind(into: &binder)
    }
}

/// Deletes a tenant's oldest deliveries that were given up, a digest with the notices that wait for it. One that is being delivered again is left alone.
/// Gives a row for each.
public struct PurgeDeadDeliveries: Statement {
    public typealias Row = NoRow
    public static let sql = """
        WITH old AS MATERIALIZED (
            SELECT x.id FROM docket.outbox_dead x WHERE x.tenant_id = $1 AND x.died_at < (SELECT docket.now()) - make_interval(days => $2)
            ORDER BY x.died_at, x.id LIMIT $3
        ), gone AS (
            DELETE FROM docket.outbox_dead d WHERE d.tenant_id = $1 AND d.id = ANY (ARRAY(SELECT id FROM old)) RETURNING d.id
        ), notices AS (
            DELETE FROM docket.mail_notice n WHERE n.tenant_id = $1 AND n.digest_id = ANY (ARRAY(SELECT id FROM gone))
        )
        SELECT true FROM gone
        """
    let rows: AgedRows

    public init(_ rows: AgedRows) {
        self.rows = rows
    }

    public func bind(into binder: inout Binder) {
        rows.bind(into: &binder)
    }
}

private struct TenantsToClear: Statement {
    static let sql = "SELECT tenant_id FROM docket.tenants_to_clear(docket.now() - make_interval(days => $1), 10000)"
    let days: Int

    func bind(into binder: inout Binder) {
        binder.append(Int32(clamping: days))
    }

    static func decode(_ row: RowView) throws(DecodeError) -> TenantID {
        try row.decode(TenantID.self, at: 0)
    }
}
