public import Domain
public import Postgres

/// A tenant's agents by their leases.
public struct CountPresence: Statement {
    public typealias Row = PresenceTally
    public static let sql = """
        WITH clock AS MATERIALIZED (SELECT docket.now() AS now)
        SELECT count(*) FILTER (WHERE p.status = 'online' AND p.lease_until > clock.now),
            count(*) FILTER (WHERE p.status <> 'offline' AND p.lease_until < clock.now - make_interval(secs => $2)),
            count(*) FILTER (WHERE p.status <> 'offline' AND p.lease_until > clock.now + make_interval(secs => $3))
        FROM docket.agent_presence p CROSS JOIN clock WHERE p.tenant_id = $1
        """
    let tenant: TenantID
    let limits: DoctorLimits

    public init(tenant: TenantID, limits: DoctorLimits) {
        self.tenant = tenant
        self.limits = limits
    }

    public func bind(into binder: inout Binder) {
        binder.append(tenant)
        binder.append(limits.expiredLeaseSeconds)
        binder.append(limits.longestLeaseSeconds)
    }

    public static func decode(_ row: RowView) throws(DecodeError) -> PresenceTally {
        var columns = ColumnReader(row)
        return PresenceTally(present: try columns.next(), forgotten: try columns.next(), endless: try columns.next())
    }
}
