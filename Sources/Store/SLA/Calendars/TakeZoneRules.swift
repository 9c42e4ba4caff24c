public import Domain
public import Postgres

/// The zones of a tenant's calendars, and the releases that their versions count by; null where that is not known.
public struct LoadCalendarZones: Statement {
    public struct Row: Sendable {
        public let zone: String
        public let release: String?
        /// Whether one of these versions holds now or will.
        public let isLive: Bool
    }

    public static let sql = """
        SELECT v.zone, v.tz_database, bool_or(v.until IS NULL OR v.until > greatest(v.effective_from, $2)) FROM (
            SELECT definition ->> 'tz' AS zone, tz_database, effective_from, min(effective_from) OVER (
                PARTITION BY calendar_id ORDER BY version DESC ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS until
            FROM docket.calendar_version WHERE tenant_id = $1
        ) v GROUP BY v.zone, v.tz_database
        """
    let tenant: TenantID
    let time: Timestamp

    public init(tenant: TenantID, at time: Timestamp) {
        self.tenant = tenant
        self.time = time
    }

    public func bind(into binder: inout Binder) {
        binder.append(tenant)
        binder.append(time)
    }

    public static func decode(_ row: RowView) throws(DecodeError) -> Row {
        var columns = ColumnReader(row)
        return Row(zone: try columns.next(), release: try columns.nextOptional(), isLive: try columns.next())
    }
}

/// Lets the versions count by kept rules from now on whose own rules were not kept: they counted by those of the machine, and these are kept now.
public struct LabelCalendarVersions: Statement {
    public typealias Row = NoRow
    public static let sql = """
        UPDATE docket.calendar_version v SET tz_database = $2 WHERE v.tenant_id = $1 AND v.tz_database IS DISTINCT FROM $2
            AND NOT EXISTS (SELECT FROM docket.calendar_zone_rules r WHERE r.tenant_id = $1 AND r.zone = v.definition ->> 'tz' AND r.release = v.tz_database)
            AND EXISTS (SELECT FROM docket.calendar_zone_rules r WHERE r.tenant_id = $1 AND r.zone = v.definition ->> 'tz' AND r.release = $2)
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
