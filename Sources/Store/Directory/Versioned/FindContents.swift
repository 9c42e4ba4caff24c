public import Domain
public import Postgres

/// Which of some ids exist in the tenant.
public struct FindContents<Content: StoredContent>: Statement {
    public typealias Row = ID<Content.Kind>
    public static var sql: String { "SELECT id FROM docket.\(Content.table) WHERE tenant_id = $1 AND id = ANY ($2)" }
    let tenant: TenantID
    let ids: [ID<Content.Kind>]

    public init(tenant: TenantID, ids: [ID<Content.Kind>]) {
        self.tenant = tenant
        self.ids = ids
    }

    public func bind(into binder: inout Binder) {
        binder.append(tenant)
        binder.append(ids)
    }

    public static func decode(_ row: RowView) throws(DecodeError) -> ID<Content.Kind> {
        try row.decode(ID<Content.Kind>.self, at: 0)
    }
}
