public import Domain
public import Postgres

/// Keeps the version that a calendar has now, with the release of the time zone database that it counts by.
public struct InsertCalendarVersion: Statement {
    public typealias Row = NoRow
    public static let sql = """
        INSERT INTO docket.calendar_version (tenant_id, calendar_id, version, definition, effective_from, tz_database) VALUES ($1, $2, $3, $4, $5, $6)
        """
    let tenant: TenantID
    let record: CalendarRecord

    public init(tenant: TenantID, record: CalendarRecord) {
        self.tenant = tenant
        self.record = record
    }

    public func bind(into binder: inout Binder) {
        binder.append(tenant)
        binder.append(record.id)
        binder.append(record.version)
        binder.append(DocumentCoding.encode(record.content.definition))
        binder.append(CalendarContent.since(of: record))
        binder.append(record.content.timeZoneDatabase)
    }
}
