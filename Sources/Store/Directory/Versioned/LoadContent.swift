public import Domain
public import Postgres

/// Reads one thing by its id.
public struct LoadContent<Content: StoredContent>: Statement {
    public typealias Row = Versioned<Content>
    public static var sql: String { "\(Content.select) AND id = $2" }
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

    public static func decode(_ row: RowView) throws(DecodeError) -> Versioned<Content> {
        try Content.decode(row)
    }
}

/// Reads one thing and locks its row until the transaction ends.
public struct LockContent<Content: StoredContent>: Statement {
    public typealias Row = Versioned<Content>
    public static var sql: String { "\(Content.select) AND id = $2 FOR UPDATE" }
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

    public static func decode(_ row: RowView) throws(DecodeError) -> Versioned<Content> {
        try Content.decode(row)
    }
}
