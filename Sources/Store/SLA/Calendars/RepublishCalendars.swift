public import Domain
public import Postgres

/// What is published again by another release of the time zone database: of the calendars `touched` what is `live`.
private enum RepublishedVersions {
    /// Of the tenant `$1`: what holds at `$2` or will, and the calendars of which some of it counts by the zones `$3` of the releases `$4`.
    static let sql = """
        live AS (
            SELECT v.calendar_id, v.definition, v.effective_from, v.tz_database, row_number() OVER (PARTITION BY v.calendar_id ORDER BY v.version) AS place
            FROM (
                SELECT calendar_id, version, definition, effective_from, tz_database, min(effective_from) OVER (
                    PARTITION BY calendar_id ORDER BY version DESC ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS until
                FROM docket.calendar_version WHERE tenant_id = $1
            ) v WHERE v.until IS NULL OR v.until > greatest(v.effective_from, $2)
        ), touched AS (
            SELECT DISTINCT l.calendar_id FROM live l
            JOIN unnest($3::text[], $4::text[]) AS z (zone, release) ON z.zone = l.definition ->> 'tz' AND z.release = l.tz_database
        )
        """
}

/// Publishes the calendars again that count by zones whose rules are others now: what holds, from now on, and what is scheduled, from when it begins.
public struct RepublishCalendars: Statement {
    public typealias Row = NoRow
    public static let sql = """
        WITH \(RepublishedVersions.sql), made AS (
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

/// How many versions of calendars a tenant has, and how many more it would have by publishing those of some zones again.
public struct CountRepublishedVersions: Statement {
    public typealias Row = CalendarRoom
    public static let sql = """
        WITH \(RepublishedVersions.sql)
        SELECT (SELECT count(*) FROM docket.calendar_version WHERE tenant_id = $1),
            (SELECT count(*) FROM live l JOIN touched t ON t.calendar_id = l.calendar_id)
        """
    let tenant: TenantID
    let zones: [ZoneRelease]
    let time: Timestamp

    public init(tenant: TenantID, zones: [ZoneRelease], at time: Timestamp) {
        self.tenant = tenant
        self.zones = zones
        self.time = time
    }

    public func bind(into binder: inout Binder) {
        binder.append(tenant)
        binder.append(time)
        binder.append(zones.map(\.zone))
        binder.append(zones.map(\.release))
    }

    public static func decode(_ row: RowView) throws(DecodeError) -> CalendarRoom {
        var columns = ColumnReader(row)
        return CalendarRoom(versions: Int(try columns.next(Int64.self)), needed: Int(try columns.next(Int64.self)))
    }
}
