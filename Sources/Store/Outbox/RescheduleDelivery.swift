public import Domain
public import Postgres

/// Records an attempt that failed and plans the next. Its endpoint is failing from the first failure on, and is disabled after five days of nothing
/// else (api.md 7). Writes nothing when the lease is lost; ends the lease, so that writing twice records once.
public struct RescheduleDelivery: Statement {
    public typealias Row = SettledDelivery
    public static let sql = """
        WITH clock AS MATERIALIZED (SELECT docket.now() AS at),
        kept AS (
            UPDATE docket.outbox o
            SET next_attempt_at = c.at + $7::bigint * interval '1 microsecond', unrecorded = 0, lease_token = o.lease_token + 1, held_by = NULL
            FROM clock c
            WHERE o.tenant_id = $1 AND o.id = $2 AND o.lease_token = $3
            RETURNING o.id, o.kind, o.endpoint_id, o.attempts
        ),
        failing AS (
            UPDATE docket.webhook_endpoint w
            SET failing_since = coalesce(w.failing_since, c.at), updated_at = c.at,
                status = CASE WHEN w.failing_since <= c.at - interval '5 days' THEN 'disabled' ELSE w.status END,
                version = w.version + CASE WHEN w.failing_since <= c.at - interval '5 days' THEN 1 ELSE 0 END
            FROM kept k, clock c
            WHERE w.url = $8 AND w.tenant_id = $1 AND w.id = k.endpoint_id AND w.status = 'active'
                AND (w.failing_since IS NULL OR w.failing_since <= c.at - interval '5 days')
            RETURNING w.status
        ),
        recorded AS (
            INSERT INTO docket.delivery_attempt (tenant_id, at, outbox_id, attempt, kind, endpoint_id, outcome, status_code, detail, duration_us)
            SELECT $1, c.at, k.id, k.attempts, k.kind, k.endpoint_id, 'failed', $4, $5, $6 FROM kept k, clock c
            RETURNING outbox_id
        )
        SELECT EXISTS (SELECT FROM recorded), EXISTS (SELECT FROM failing WHERE status = 'disabled')
        """
    let tenant: TenantID
    let lease: DeliveryLease
    let record: AttemptRecord
    let wait: Int64
    let blamedURL: String?

    /// - Parameters:
    ///   - wait: until the next attempt, in microseconds.
    ///   - blamedURL: the address that failed; nil where the fault is ours. An endpoint that has another by now is not blamed.
    public init(tenant: TenantID, lease: DeliveryLease, record: AttemptRecord, wait: Int64, blamedURL: String?) {
        self.tenant = tenant
        self.lease = lease
        self.record = record
        self.wait = wait
        self.blamedURL = blamedURL
    }

    public func bind(into binder: inout Binder) {
        binder.append(tenant)
        binder.append(lease.id)
        binder.append(lease.token)
        record.bind(into: &binder)
        binder.append(wait)
        binder.append(blamedURL)
    }

    public static func decode(_ row: RowView) throws(DecodeError) -> SettledDelivery {
        try SettledDelivery(row)
    }
}
