public import Domain
public import Postgres

/// Gives rows back that were claimed and not attempted, or whose attempt we stopped: due at once, the attempt not counted (reliability.md 1).
public struct ReleaseLeases: Statement {
    public typealias Row = NoRow
    public static let sql = """
        WITH clock AS MATERIALIZED (SELECT docket.now() AS at)
        UPDATE docket.outbox o
        SET next_attempt_at = c.at, attempts = greatest(o.attempts - 1, 0), unrecorded = greatest(o.unrecorded - 1, 0), lease_token = o.lease_token + 1,
            held_by = NULL
        FROM unnest($2::uuid[], $3::bigint[]) AS l (id, token), clock c
        WHERE o.tenant_id = $1 AND o.id = l.id AND o.lease_token = l.token
        """
    let tenant: TenantID
    let leases: [DeliveryLease]

    public init(tenant: TenantID, leases: [DeliveryLease]) {
        self.tenant = tenant
        self.leases = leases
    }

    public func bind(into binder: inout Binder) {
        binder.append(tenant)
        binder.append(leases.map(\.id))
        binder.append(leases.map(\.token))
    }
}
