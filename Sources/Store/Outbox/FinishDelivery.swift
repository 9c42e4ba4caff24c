public import Domain
public import Postgres

/// Records a delivery that succeeded, of a digest also each of its notices, and deletes its row;
/// its endpoint is no longer failing. Writes nothing when the lease is lost.
public struct FinishDelivery: Statement {
    public typealias Row = SettledDelivery
    public static let sql = """
        WITH clock AS MATERIALIZED (SELECT docket.now() AS at),
        gone AS (
            DELETE FROM docket.outbox WHERE tenant_id = $1 AND id = $2 AND lease_token = $3 RETURNING id, kind, endpoint_id, attempts
        ),
        recovered AS (
            UPDATE docket.webhook_endpoint w SET failing_since = NULL, updated_at = c.at FROM gone g, clock c
            WHERE w.tenant_id = $1 AND w.id = g.endpoint_id AND w.failing_since IS NOT NULL AND w.status = 'active'
        ),
        recorded AS (
            INSERT INTO docket.delivery_attempt (tenant_id, at, outbox_id, attempt, kind, endpoint_id, outcome, status_code, detail, duration_us)
            SELECT $1, c.at, g.id, g.attempts, g.kind, g.endpoint_id, 'delivered', $4, $5, $6 FROM gone g, clock c
            RETURNING outbox_id
        ),
        part AS (
            DELETE FROM docket.mail_notice n USING gone g WHERE n.tenant_id = $1 AND n.digest_id = g.id RETURNING n.id
        ),
        told AS (
            INSERT INTO docket.delivery_attempt (tenant_id, at, outbox_id, attempt, kind, outcome, status_code, detail, duration_us, digest_id)
            SELECT $1, c.at, p.id, g.attempts, 'mail', 'delivered', $4, 'in a digest', 0, g.id FROM gone g, part p, clock c
        )
        SELECT EXISTS (SELECT FROM recorded), false
        """
    let tenant: TenantID
    let lease: DeliveryLease
    let record: AttemptRecord

    public init(tenant: TenantID, lease: DeliveryLease, record: AttemptRecord) {
        self.tenant = tenant
        self.lease = lease
        self.record = record
    }

    public func bind(into binder: inout Binder) {
        binder.append(tenant)
        binder.append(lease.id)
        binder.append(lease.token)
        record.bind(into: &binder)
    }

    public static func decode(_ row: RowView) throws(DecodeError) -> SettledDelivery {
        try SettledDelivery(row)
    }
}
