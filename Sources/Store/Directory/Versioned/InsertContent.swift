public import Domain
public import Postgres

/// Writes something new.
public struct InsertContent<Content: StoredContent>: Statement {
    public typealias Row = NoRow
    public static var sql: String {
        let values = Content.columns.indices.map { ", $\($0 + 6)" }.joined()
        return """
            INSERT INTO docket.\(Content.table) (tenant_id, id, version, created_at, updated_at, \(Content.columns.joined(separator: ", ")))
            VALUES ($1, $2, $3, $4, $5\(values))
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
        binder.append(record.createdAt)
        binder.append(record.updatedAt)
        Content.bind(record, into: &binder)
    }
}
