public import Domain
public import Postgres

/// What people call some calendars.
public struct LoadCalendarNames: Statement {
    public struct Row: Sendable {
        public let id: CalendarID
        public let name: String
    }

    public static let sql = "SELECT id, name FROM docket.calendar WHERE tenant_id = $1 AND id = ANY ($2)"
    let tenant: TenantID
    let calendars: [CalendarID]

    public init(tenant: TenantID, calendars: [CalendarID]) {
        self.tenant = tenant
        self.calendars = calendars
    }

    public func bind(into binder: inout Binder) {
        binder.append(tenant)
        binder.append(calendars)
    }

    public static func decode(_ row: RowView) throws(DecodeError) -> Row {
        Row(id: try row.decode(CalendarID.self, at: 0), name: try row.decode(String.self, at: 1))
    }
}
