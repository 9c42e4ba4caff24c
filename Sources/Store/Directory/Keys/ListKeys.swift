public import Domain
public import Postgres

/// A page of a tenant's API keys in the order of their ids, revoked ones too.
public struct ListKeys: Statement {
    public typealias Row = IssuedKey
    public static let sql = """
        SELECT \(IssuedKey.columns) FROM docket.api_key WHERE tenant_id = $1 AND id > $2 ORDER BY id LIMIT $3
        """
    let tenant: TenantID
    let after: APIKeyID?
    let limit: Int

    public init(tenant: TenantID, after: APIKeyID?, limit: Int) {
        self.tenant = tenant
        self.after = after
        self.limit = limit
    }

    public func bind(into binder: inout Binder) {
        binder.append(tenant)
        binder.append(after ?? APIKeyID.lowest)
        binder.append(Int64(limit))
    }

    public static func decode(_ row: RowView) throws(DecodeError) -> IssuedKey { try IssuedKey(row) }
}
