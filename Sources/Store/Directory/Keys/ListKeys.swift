public import Domain
public import Postgres

/// A page of a tenant's API keys in the order of their ids, revoked ones too. For the operator's role only.
public struct ListKeys: Statement {
    public typealias Row = IssuedKey
    public static let sql = """
        SELECT id, tenant_id, name, prefix, last_four, scopes, agent_id, vip, priority_floor, queue_id, created_at, expires_at, revoked_at
        FROM docket.api_key WHERE tenant_id = $1 AND id > $2 ORDER BY id LIMIT $3
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

    public static func decode(_ row: RowView) throws(DecodeError) -> IssuedKey {
        var columns = ColumnReader(row)
        return IssuedKey(
            id: try columns.next(),
            tenantID: try columns.next(),
            name: try columns.next(),
            prefix: try columns.next(),
            lastFour: try columns.next(),
            scopes: try columns.nextArray(),
            agentID: try columns.nextOptional(),
            intake: try IntakeProfile(&columns),
            createdAt: try columns.next(),
            expiresAt: try columns.nextOptional(),
            revokedAt: try columns.nextOptional()
        )
    }
}
