public import Domain
public import Postgres

/// Makes rows due at once whose holder is gone: since they were leased, so that what became due later waits behind them. What it had begun counts as an attempt,
/// and as one that left no record: a row that kills its courier is found out (reliability.md 1, Poison). The new token takes them from a holder that was only
/// cut off.
public struct TakeBackLeases: Statement {
    public typealias Row = NoRow
    /// The most rows of one call.
    public static let limit = 1_000
    public static let sql = """
        WITH clock AS MATERIALIZED (SELECT docket.now() AS at)
        UPDATE docket.outbox o
        SET next_attempt_at = least(c.at, o.next_attempt_at - interval '\(DeliveryLease.seconds) seconds'), lease_token = o.lease_token + 1, held_by = NULL
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
