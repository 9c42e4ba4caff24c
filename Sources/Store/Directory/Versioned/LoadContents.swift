public import Domain
public import Postgres

/// Reads several things by their ids; those that do not exist are left out.
public struct LoadContents<Content: StoredContent>: Statement {
    public typealias Row = Versioned<Content>
    public static var sql: String { "\(Content.select) AND id = ANY ($2)" }
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

    public static func decode(_ row: RowView) throws(DecodeError) -> Versioned<Content> {
        try Content.decode(row)
    }
}
