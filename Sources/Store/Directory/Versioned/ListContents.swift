public import Domain
public import Postgres

/// One page in the order of ids.
public struct ListContents<Content: StoredContent>: Statement {
    public typealias Row = Versioned<Content>
    public static var sql: String {
        let filter = Content.uniqueField.map { "($4::text IS NULL OR \($0) = $4)" } ?? "$4::text IS NULL"
        return "\(Content.select) AND id > $2 AND \(Content.listed) AND \(filter) ORDER BY id LIMIT $3"
    }
    let tenant: TenantID
    let after: ID<Content.Kind>?
    let limit: Int
    let unique: String?

    /// - Parameter unique: only the one with this name, key or address; a kind of thing without such a column then gives none.
    public init(tenant: TenantID, after: ID<Content.Kind>?, limit: Int, unique: String? = nil) {
        self.tenant = tenant
        self.after = after
        self.limit = limit
        self.unique = unique
    }

    public func bind(into binder: inout Binder) {
        binder.append(tenant)
        binder.append(after ?? ID<Content.Kind>.lowest)
        binder.append(Int64(limit))
        binder.append(unique)
    }

    public static func decode(_ row: RowView) throws(DecodeError) -> Versioned<Content> {
        try Content.decode(row)
    }
}
