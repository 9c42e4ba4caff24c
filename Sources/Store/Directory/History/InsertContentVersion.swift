public import Domain
public import Postgres

/// Keeps the version that a record has now.
public struct InsertContentVersion<Content: StoredHistory>: Statement {
    public typealias Row = NoRow
    public static var sql: String {
        let table = Content.history
        return """
            INSERT INTO docket.\(table.name) (tenant_id, \(table.owner), version, definition, \(table.time)) VALUES ($1, $2, $3, $4, $5)
            """
    }
    let tenant: TenantID
    let record: Versioned<Content>

    public init(tenant: TenantID, record: Versioned<Content>) {
        self.tenant = tenant
        self.record = record
    }

    public func bind(into binder: inout Binder) {
        binder.append(tenant)
        binder.append(record.id)
        binder.append(record.version)
        binder.append(DocumentCoding.encode(Content.definition(of: record)))
        binder.append(Content.since(of: record))
    }
}
