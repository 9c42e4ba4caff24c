public import Domain
public import Postgres

/// The version of a calendar that measures a time, and those that measure any time after it, in the order in which they begin: a version holds until one that
/// was published later begins, so some were replaced before they ever did.
public struct LoadCalendarSchedule: Statement {
    public typealias Row = ContentVersion<CalendarDefinition>
    public static let sql = """
        SELECT version, definition, effective_from FROM (
            SELECT version, definition, effective_from,
                min(effective_from) OVER (ORDER BY version DESC ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS until
            FROM docket.calendar_version WHERE tenant_id = $1 AND calendar_id = $2
        ) v WHERE until IS NULL OR until > greatest(effective_from, coalesce($3, (SELECT docket.now()))) ORDER BY version
        """
    let tenant: TenantID
    let calendar: CalendarID
    let time: Timestamp?

    /// - Parameter time: nil for the database's.
    public init(tenant: TenantID, calendar: CalendarID, from time: Timestamp? = nil) {
        self.tenant = tenant
        self.calendar = calendar
        self.time = time
    }

    public func bind(into binder: inout Binder) {
        binder.append(tenant)
        binder.append(calendar)
        binder.append(time)
    }

    public static func decode(_ row: RowView) throws(DecodeError) -> Row {
        var columns = ColumnReader(row)
        return Row(number: try columns.next(), definition: try columns.nextDocument(), since: try columns.next())
    }
}
