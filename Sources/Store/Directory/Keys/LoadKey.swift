public import Domain
public import Postgres

/// One of a tenant's API keys, revoked or not.
public struct LoadKey: Statement {
    public typealias Row = IssuedKey
    public static let sql = "SELECT \(IssuedKey.columns) FROM docket.api_key WHERE tenant_id = $1 AND id = $2"
    let tenant: TenantID
    let key: APIKeyID

    public init(tenant: TenantID, key: APIKeyID) {
        self.tenant = tenant
        self.key = key
    }

    public func bind(into binder: inout Binder) {
        binder.append(tenant)
        binder.append(key)
    }

    public static func decode(_ row: RowView) throws(DecodeError) -> IssuedKey { try IssuedKey(row) }
}

/// How many of a tenant's API keys are neither revoked nor over.
public struct CountLiveKeys: Statement {
    public typealias Row = Int
    public static let sql = """
        SELECT count(*) FROM docket.api_key WHERE tenant_id = $1 AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > docket.now())
        """
    let tenant: TenantID

    public init(tenant: TenantID) {
        self.tenant = tenant
    }

    public func bind(into binder: inout Binder) {
        binder.append(tenant)
    }

    public static func decode(_ row: RowView) throws(DecodeError) -> Int {
        try row.decode(Int.self, at: 0)
    }
}
