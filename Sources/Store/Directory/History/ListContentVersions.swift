public import Domain
public import Postgres

/// A page of the versions of one thing, the oldest first.
public struct ListContentVersions<Content: StoredHistory>: Statement {
    public typealias Row = ContentVersion<Content.Definition>
    public static var sql: String {
        let table = Content.history
        return """
            SELECT version, definition, \(table.time) FROM docket.\(table.name)
            WHERE tenant_id = $1 AND \(table.owner) = $2 AND version > $3 ORDER BY version LIMIT $4
            """
    }
    let tenant: TenantID
    let id: ID<Content.Kind>
    let after: Int64
    let limit: Int

    public init(tenant: TenantID, id: ID<Content.Kind>, after: Int64, limit: Int) {
        self.tenant = tenant
        self.id = id
        self.after = after
        self.limit = limit
    }

    public func bind(into binder: inout Binder) {
        binder.append(tenant)
        binder.append(id)
        binder.append(after)
        binder.append(Int64(limit))
    }

    public static func decode(_ row: RowView) throws(DecodeError) -> ContentVersion<Content.Definition> {
        var columns = ColumnReader(row)
        return ContentVersion(number: try columns.next(), definition: try columns.nextDocument(), since: try columns.next())
    }
}
