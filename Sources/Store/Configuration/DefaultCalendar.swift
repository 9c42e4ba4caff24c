public import Domain
public import Postgres

/// The calendar of business targets where nobody else names one; null where there is none. No row where there is no such tenant.
public struct LoadDefaultCalendar: Statement {
    public typealias Row = CalendarID?
    public static let sql = "SELECT calendar_id FROM docket.tenant_configuration WHERE tenant_id = $1"
    let tenant: TenantID

    public init(tenant: TenantID) {
        self.tenant = tenant
    }

    public func bind(into binder: inout Binder) {
        binder.append(tenant)
    }

    public static func decode(_ row: RowView) throws(DecodeError) -> CalendarID? {
        try row.decodeOptional(CalendarID.self, at: 0)
    }
}

/// Names it. The configuration gets a new version, so that whoever knows the old one reads again.
public struct PutDefaultCalendar: Statement {
    public typealias Row = NoRow
    public static let sql = "UPDATE docket.tenant_configuration SET calendar_id = $2, version = version + 1 WHERE tenant_id = $1"
    let tenant: TenantID
    let calendar: CalendarID?

    public init(tenant: TenantID, calendar: CalendarID?) {
        self.tenant = tenant
        self.calendar = calendar
    }

    public func bind(into binder: inout Binder) {
        binder.append(tenant)
        binder.append(calendar)
    }
}
