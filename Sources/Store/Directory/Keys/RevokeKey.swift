public import Domain
public import Postgres

/// Ends an API key; one that is ended keeps the time at which it was. Affects no row where the tenant has no such key. For the operator's role only.
public struct RevokeKey: Statement {
    public typealias Row = NoRow
    public static let sql = "UPDATE docket.api_key SET revoked_at = coalesce(revoked_at, $3) WHERE tenant_id = $1 AND id = $2"
    let tenant: TenantID
    let key: APIKeyID
    let time: Timestamp

    public init(tenant: TenantID, key: APIKeyID, time: Timestamp) {
        self.tenant = tenant
        self.key = key
        self.time = time
    }

    public func bind(into binder: inout Binder) {
        binder.append(tenant)
        binder.append(key)
        binder.append(time)
    }
}
