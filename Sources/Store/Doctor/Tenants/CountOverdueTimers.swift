public import Domain
public import Postgres

/// How many timers and escalation levels of a tenant should have fired long ago; counting stops at 10,000 of each.
public struct CountOverdueTimers: Statement {
    public typealias Row = Int
    public static let sql = """
        WITH clock AS MATERIALIZED (SELECT docket.now() - make_interval(secs => $2) AS late)
        SELECT (SELECT count(*) FROM (SELECT FROM docket.sla_timer s WHERE s.tenant_id = $1 AND s.next_fire_at < (SELECT late FROM clock) LIMIT 10000) x)
            + (SELECT count(*) FROM (SELECT FROM docket.escalation_run e WHERE e.tenant_id = $1 AND e.next_fire_at < (SELECT late FROM clock) LIMIT 10000) x)
        """
    let tenant: TenantID
    let seconds: Double

    public init(tenant: TenantID, seconds: Double) {
        self.tenant = tenant
        self.seconds = seconds
    }

    public func bind(into binder: inout Binder) {
        binder.append(tenant)
        binder.append(seconds)
    }

    public static func decode(_ row: RowView) throws(DecodeError) -> Int {
        try row.decode(Int.self, at: 0)
    }
}
