public import Domain
public import Postgres

/// Deletes some of a suspended tenant's rows from one table; its row is how many. For the operator's role only.
public struct EraseRows: Statement {
    public static let sql = "SELECT docket.erase_rows($1::text::regclass, $2, $3)"
    let table: TenantTable
    let tenant: TenantID
    let limit: Int

    public init(table: TenantTable, tenant: TenantID, limit: Int) {
        self.table = table
        self.tenant = tenant
        self.limit = limit
    }

    public func bind(into binder: inout Binder) {
        binder.append(table.name)
        binder.append(tenant)
        binder.append(Int32(clamping: limit))
    }

    public static func decode(_ row: RowView) throws(DecodeError) -> Int {
        Int(try row.decode(Int64.self, at: 0))
    }
}

extension StoreError {
    /// Whether nothing was erased because the tenant is not suspended any more.
    public var isOfServedTenant: Bool {
        if case .unexpected(let error) = self { error.sqlState == "55000" } else { false }
    }
}
