public import Domain
public import Postgres

/// Extends leases for work that takes long. Returns the rows that are still held.
public struct ExtendLeases: Statement {
    public typealias Row = OutboxMessageID
    public static let sql = """
        WITH clock AS MATERIALIZED (SELECT docket.now() AS at)
        UPDATE docket.outbox o SET next_attempt_at = c.at + interval '\(DeliveryLease.seconds) seconds'
        FROM unnest($2::uuid[], $3::bigint[]) AS l (id, token), clock c
        WHERE o.tenant_id = $1 AND o.id = l.id AND o.lease_token = l.token
        RETURNING o.id
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

    public static func decode(_ row: RowView) throws(DecodeError) -> OutboxMessageID {
        try row.decode(OutboxMessageID.self, at: 0)
    }
}
