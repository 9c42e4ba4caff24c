public import Domain
public import Postgres

/// Removes one thing; only for what nothing points at.
public struct DeleteContent<Content: StoredContent>: Statement {
    public typealias Row = NoRow
    public static var sql: String { "DELETE FROM docket.\(Content.table) WHERE tenant_id = $1 AND id = $2" }
    let tenant: TenantID
    let id: ID<Content.Kind>

    public init(tenant: TenantID, id: ID<Content.Kind>) {
        self.tenant = tenant
        self.id = id
    }

    public func bind(into binder: inout Binder) {
        binder.append(tenant)
        binder.append(id)
    }
}
