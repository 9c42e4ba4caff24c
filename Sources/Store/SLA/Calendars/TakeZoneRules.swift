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

/// Publishes the calendars again that count by zones whose rules are others now: what holds, from now on, and what is scheduled, from when it begins.
public struct RepublishCalendars: Statement {
    public typealias Row = NoRow
    public static let sql = """
        WITH live AS (
            SELECT v.calendar_id, v.definition, v.effective_from, v.tz_database, row_number() OVER (PARTITION BY v.calendar_id ORDER BY v.version) AS place
            FROM (
                SELECT calendar_id, version, definition, effective_from, tz_database, min(effective_from) OVER (
                    PARTITION BY calendar_id ORDER BY version DESC ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS until
                FROM docket.calendar_version WHERE tenant_id = $1
            ) v WHERE v.until IS NULL OR v.until > greatest(v.effective_from, $2)
        ), touched AS (
            SELECT DISTINCT l.calendar_id FROM live l
            JOIN unnest($3::text[], $4::text[]) AS z (zone, release) ON z.zone = l.definition ->> 'tz' AND z.release = l.tz_database
        ), made AS (
            INSERT INTO docket.calendar_version (tenant_id, calendar_id, version, definition, effective_from, tz_database)
            SELECT $1, l.calendar_id, c.version + l.place, l.definition, greatest(l.effective_from, $2),
                -- A zone that the release does not know goes on by the rules that were kept.
                CASE WHEN EXISTS (
                    SELECT FROM docket.calendar_zone_rules r WHERE r.tenant_id = $1 AND r.zone = l.definition ->> 'tz' AND r.release = $5
                ) THEN $5 ELSE l.tz_database END
            FROM live l JOIN touched t ON t.calendar_id = l.calendar_id JOIN docket.calendar c ON c.tenant_id = $1 AND c.id = l.calendar_id
            RETURNING calendar_id
        )
        UPDATE docket.calendar c SET version = c.version + m.count, tz_database = $5, updated_at = $2
        FROM (SELECT calendar_id, count(*) AS count FROM made GROUP BY calendar_id) m WHERE c.tenant_id = $1 AND c.id = m.calendar_id
        """
    let tenant: TenantID
    let zones: [ZoneRelease]
    let release: String
    let time: Timestamp

    /// - Parameters:
    ///   - zones: those that are others now.
    ///   - release: by which the new versions count.
    public init(tenant: TenantID, zones: [ZoneRelease], release: String, at time: Timestamp) {
        self.tenant = tenant
        self.zones = zones
        self.release = release
        self.time = time
    }

    public func bind(into binder: inout Binder) {
        binder.append(tenant)
        binder.append(time)
        binder.append(zones.map(\.zone))
        binder.append(zones.map(\.release))
        binder.append(release)
    }
}
