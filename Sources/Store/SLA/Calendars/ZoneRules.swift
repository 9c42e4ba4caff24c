public import Domain
public import Postgres

/// Keeps the rules of a zone as they are in a release of the time zone database; what is kept already stays.
public struct KeepZoneRules: Statement {
    public typealias Row = NoRow
    public static let sql = """
        INSERT INTO docket.calendar_zone_rules (tenant_id, zone, release, rules) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING
        """
    let tenant: TenantID
    let zone: String
    let release: String
    let rules: TimeZoneRules

    public init(tenant: TenantID, zone: String, release: String, rules: TimeZoneRules) {
        self.tenant = tenant
        self.zone = zone
        self.release = release
        self.rules = rules
    }

    public func bind(into binder: inout Binder) {
        binder.append(tenant)
        binder.append(zone)
        binder.append(release)
        binder.append(DocumentCoding.encode(rules))
    }
}

/// The kept rules by which versions of a tenant's calendars count, but for those of one release: that of the machine, which knows them.
public struct LoadZoneRules: Statement {
    public struct Row: Sendable {
        public let zone: ZoneRelease
        public let rules: TimeZoneRules
    }

    public static let sql = """
        SELECT r.zone, r.release, r.rules FROM docket.calendar_zone_rules r WHERE r.tenant_id = $1 AND r.release IS DISTINCT FROM $2 AND EXISTS (
            SELECT FROM docket.calendar_version v WHERE v.tenant_id = $1 AND v.tz_database = r.release AND v.definition ->> 'tz' = r.zone)
        """
    let tenant: TenantID
    let release: String?

    public init(tenant: TenantID, butOf release: String?) {
        self.tenant = tenant
        self.release = release
    }

    public func bind(into binder: inout Binder) {
        binder.append(tenant)
        binder.append(release)
    }

    public static func decode(_ row: RowView) throws(DecodeError) -> Row {
        var columns = ColumnReader(row)
        return Row(zone: ZoneRelease(zone: try columns.next(), release: try columns.next()), rules: try columns.nextDocument())
    }
}

/// A zone as it is in a release of the time zone database.
public struct ZoneRelease: Hashable, Sendable {
    public let zone: String
    public let release: String

    public init(zone: String, release: String) {
        self.zone = zone
        self.release = release
    }
}
