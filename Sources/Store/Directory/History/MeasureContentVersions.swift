public import Domain
public import Postgres

/// How many bytes all versions of a kind take as text.
public struct MeasureContentVersions<Content: StoredHistory>: Statement {
    public typealias Row = Int
    public static var sql: String {
        "SELECT coalesce(sum(octet_length(definition::text)), 0)::bigint FROM docket.\(Content.history.name) WHERE tenant_id = $1"
    }
    let tenant: TenantID

    public init(tenant: TenantID) {
        self.tenant = tenant
    }

    public func bind(into binder: inout Binder) {
        binder.append(tenant)
    }

    public static func decode(_ row: RowView) throws(DecodeError) -> Int {
        Int(try row.decode(Int64.self, at: 0))
    }
}
