public import Domain
public import Postgres

/// By which releases of the time zone database a tenant's calendars were made.
public struct CountTimeZoneDatabases: Statement {
    public struct Row: Sendable {
        public let database: String?
        public let calendars: Int
    }

    public static let sql = "SELECT tz_database, count(*) FROM docket.calendar WHERE tenant_id = $1 GROUP BY tz_database ORDER BY tz_database LIMIT 100"
    let tenant: TenantID

    public init(tenant: TenantID) {
        self.tenant = tenant
    }

    public func bind(into binder: inout Binder) {
        binder.append(tenant)
    }

    public static func decode(_ row: RowView) throws(DecodeError) -> Row {
        var columns = ColumnReader(row)
        return Row(database: try columns.nextOptional(), calendars: Int(try columns.next(Int64.self)))
    }
}
