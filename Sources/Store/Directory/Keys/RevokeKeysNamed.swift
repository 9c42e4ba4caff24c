public import Domain
public import Postgres

/// Ends all API keys of a name that the operator issued and that are not ended yet, however many there are.
public struct RevokeKeysNamed: Statement {
    public typealias Row = NoRow
    public static let sql = """
        UPDATE docket.api_key SET revoked_at = $3 WHERE tenant_id = $1 AND name = $2 AND created_by IS NULL AND revoked_at IS NULL
        """
    let tenant: TenantID
    let name: String
    let time: Timestamp

    public init(tenant: TenantID, name: String, time: Timestamp) {
        self.tenant = tenant
        self.name = name
        self.time = time
    }

    public func bind(into binder: inout Binder) {
        binder.append(tenant)
        binder.append(name)
        binder.append(time)
    }
}
