public import Domain
public import Postgres

/// Makes deliveries due at once that are held for longer than any schedule plans. The new token takes the row from whoever still holds it.
public struct RestoreDeliveries: Statement {
    public typealias Row = NoRow
    public static let sql = """
        WITH clock AS MATERIALIZED (SELECT docket.now() AS now),
        held AS MATERIALIZED (
            SELECT o.id FROM docket.outbox o
            WHERE o.tenant_id = $1 AND o.next_attempt_at > (SELECT now FROM clock) + make_interval(secs => $2)
            ORDER BY o.id LIMIT $3 FOR UPDATE SKIP LOCKED
        )
        UPDATE docket.outbox o SET next_attempt_at = clock.now, lease_token = o.lease_token + 1, held_by = NULL FROM held, clock
        WHERE o.tenant_id = $1 AND o.id = held.id
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
        binder.append(limits.longestDeliveryWaitSeconds)
        binder.append(Int64(limit))
    }
}
