public import Domain
public import Postgres

/// Writes an edit over the version before it; affects no row when that is not the present one.
public struct UpdateContent<Content: StoredContent>: Statement {
    public typealias Row = NoRow
    public static var sql: String {
        let assignments = Content.columns.enumerated().map { ", \($0.element) = $\($0.offset + 5)" }.joined()
        return """
            UPDATE docket.\(Content.table) SET version = $3, updated_at = $4\(assignments)
            WHERE tenant_id = $1 AND id = $2 AND version = $3 - 1
            """
    }
    let tenant: TenantID
    let record: Versioned<Content>

    /// - Parameter record: carries the new version.
    public init(tenant: TenantID, record: Versioned<Content>) {
        self.tenant = tenant
        self.record = record
    }

    public func bind(into binder: inout Binder) {
        binder.append(tenant)
        binder.append(record.id)
        binder.append(record.version)
        binder.append(record.updatedAt)
        Content.bind(record, into: &binder)
    }
}
