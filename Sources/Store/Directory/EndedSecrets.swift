public import Domain
public import Postgres

extension Database {
    /// Tenants with secrets of webhook endpoints that sign no more, at most 10,000.
    ///
    /// - Throws: ``StoreError``.
    public func tenantsWithEndedSecrets() async throws -> [TenantID] {
        try await runGlobal(TenantsWithEndedSecrets())
    }
}

/// Forgets a tenant's secrets that sign no more. The endpoints get a new version: callers see until when secrets sign.
public struct DropEndedSecrets: Statement {
    public typealias Row = NoRow
    public static let sql = """
        WITH clock AS MATERIALIZED (SELECT docket.now() AS at)
        UPDATE docket.webhook_endpoint w
        SET earlier_secrets = ARRAY(
                SELECT s.secret FROM unnest(w.earlier_secrets, w.earlier_secrets_until) WITH ORDINALITY AS s (secret, until, place)
                WHERE s.until > c.at ORDER BY s.place
            ),
            earlier_secrets_until = ARRAY(
                SELECT s.until FROM unnest(w.earlier_secrets_until) WITH ORDINALITY AS s (until, place) WHERE s.until > c.at ORDER BY s.place
            ),
            version = w.version + 1, updated_at = greatest(w.updated_at, c.at)
        FROM clock c
        WHERE w.tenant_id = $1 AND w.earlier_secrets_until <> '{}' AND EXISTS (SELECT FROM unnest(w.earlier_secrets_until) AS s (until) WHERE s.until <= c.at)
        """
    let tenant: TenantID

    public init(tenant: TenantID) {
        self.tenant = tenant
    }

    public func bind(into binder: inout Binder) {
        binder.append(tenant)
    }
}

private struct TenantsWithEndedSecrets: Statement {
    static let sql = "SELECT tenant_id FROM docket.tenants_with_ended_secrets(10000)"

    static func decode(_ row: RowView) throws(DecodeError) -> TenantID {
        try row.decode(TenantID.self, at: 0)
    }
}
