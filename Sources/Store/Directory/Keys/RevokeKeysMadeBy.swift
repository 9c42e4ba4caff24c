public import Domain
public import Postgres

/// Ends the API keys that a key made, those that they made, and so on, also where the ones in between are ended already. Those that are ended keep their time.
public struct RevokeKeysMadeBy: Statement {
    public typealias Row = NoRow
    public static let sql = """
        WITH RECURSIVE made AS (
            SELECT id FROM docket.api_key WHERE tenant_id = $1 AND created_by = $2
            UNION
            SELECT k.id FROM made m JOIN docket.api_key k ON k.tenant_id = $1 AND k.created_by = m.id
        )
        UPDATE docket.api_key k SET revoked_at = $3, revoked_by = $4 FROM made
        WHERE k.tenant_id = $1 AND k.id = made.id AND k.revoked_at IS NULL
        """
    let tenant: TenantID
    let key: APIKeyID
    let actor: APIKeyID?
    let time: Timestamp

    /// - Parameter actor: the key by which they are ended; nil: by the operator.
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
