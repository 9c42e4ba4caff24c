public import Domain
public import Postgres

/// Gives calendars that were made by another release of the time zone database the present one; those of which it is not known stay as they are.
public struct TakeTimeZoneDatabase: Statement {
    public typealias Row = NoRow
    public static let sql = "UPDATE docket.calendar SET tz_database = $2 WHERE tenant_id = $1 AND tz_database <> $2"
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
