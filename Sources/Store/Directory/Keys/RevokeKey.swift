public import Domain
public import Postgres

/// Ends an API key; one that is ended keeps the time at which it was, and by whom. Affects no row where the tenant has no such key.
public struct RevokeKey: Statement {
    public typealias Row = NoRow
    public static let sql = """
        UPDATE docket.api_key SET revoked_at = coalesce(revoked_at, $3), revoked_by = CASE WHEN revoked_at IS NULL THEN $4 ELSE revoked_by END
        WHERE tenant_id = $1 AND id = $2
        """
    let tenant: TenantID
    let key: APIKeyID
    let actor: APIKeyID?
    let time: Timestamp

    /// - Parameter actor: the key by which it is ended; nil: by the operator.
    public init(tenant: TenantID, key: APIKeyID, by actor: APIKeyID? = nil, time: Timestamp) {
        self.tenant = tenant
        self.key = key
        self.actor = actor
        self.time = time
    }

    public func bind(into binder: inout Binder) {
        binder.append(tenant)
        binder.append(key)
        binder.append(time)
        binder.append(actor)
    }
}
