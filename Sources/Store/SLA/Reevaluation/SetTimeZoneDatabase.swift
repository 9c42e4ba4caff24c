public import Domain
public import Postgres

/// Notes by which release of the time zone database the tenant's calendars count from now on.
public struct SetTimeZoneDatabase: Statement {
    public typealias Row = NoRow
    public static let sql = """
        UPDATE docket.calendar SET tz_database = $2 WHERE tenant_id = $1 AND tz_database IS DISTINCT FROM $2
        """
    let tenant: TenantID
    let release: String

    public init(tenant: TenantID, release: String) {
        self.tenant = tenant
        self.release = release
    }

    public func bind(into binder: inout Binder) {
        binder.append(tenant)
        binder.append(release)
    }
}
