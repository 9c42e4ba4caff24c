public import Domain
public import Postgres

/// How many there are in a tenant; counting stops at the given number.
public struct CountContents<Content: StoredContent>: Statement {
    public typealias Row = Int
    public static var sql: String {
        "SELECT count(*) FROM (SELECT FROM docket.\(Content.table) WHERE tenant_id = $1 AND \(Content.listed) LIMIT $2) c"
    }
    let tenant: TenantID
    let most: Int

    public init(tenant: TenantID, most: Int) {
        self.tenant = tenant
        self.most = most
    }

    public func bind(into binder: inout Binder) {
        binder.append(tenant)
        binder.append(Int64(most))
    }

    public static func decode(_ row: RowView) throws(DecodeError) -> Int {
        Int(try row.decode(Int64.self, at: 0))
    }
}
