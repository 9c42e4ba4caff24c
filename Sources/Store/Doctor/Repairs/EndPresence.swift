public import Domain
public import Postgres

/// Takes agents offline whose leases ran out long ago or reach further than any heartbeat asks for.
public struct EndPresence: Statement {
    public typealias Row = NoRow
    public static let sql = """
        WITH clock AS MATERIALIZED (SELECT docket.now() AS now),
        wrong AS MATERIALIZED (
            SELECT p.agent_id FROM docket.agent_presence p, clock
            WHERE p.tenant_id = $1 AND p.status <> 'offline' AND (p.lease_until < clock.now - make_interval(secs => $2)
                OR p.lease_until > clock.now + make_interval(secs => $3))
            ORDER BY p.agent_id LIMIT $4 FOR UPDATE OF p SKIP LOCKED
        )
        UPDATE docket.agent_presence p SET status = 'offline', online_since = NULL, lease_until = least(p.lease_until, clock.now) FROM wrong, clock
        WHERE p.tenant_id = $1 AND p.agent_id = wrong.agent_id
        """
    let tenant: TenantID
    let limits: DoctorLimits
    let limit: Int

    public init(tenant: TenantID, limits: DoctorLimits, limit: Int) {
        self.tenant = tenant
        self.limits = limits
        self.limit = limit
    }

    public func bind(into binder: inout Binder) {
        binder.append(tenant)
        binder.append(limits.expiredLeaseSeconds)
        binder.append(limits.longestLeaseSeconds)
        binder.append(Int64(limit))
    }
}
