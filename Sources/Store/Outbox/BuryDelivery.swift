public import Domain
public import Postgres

/// Records the last failure of a delivery and moves its row to the dead, from where it can be replayed; a
/// digest's notices stay where they are; on demand disables its endpoint (410,
/// api.md 7). Writes nothing when the lease is lost, or when the endpoint that is to be disabled has another address by now than the one which answered.
public struct BuryDelivery: Statement {
    public typealias Row = SettledDelivery
    public static let sql = """
        WITH clock AS MATERIALIZED (SELECT docket.now() AS at),
        gone AS (
            DELETE FROM docket.outbox o WHERE tenant_id = $1 AND id = $2 AND lease_token = $3
                AND ($8::text IS NULL OR NOT EXISTS (
                    SELECT FROM docket.webhook_endpoint w WHERE w.tenant_id = $1 AND w.id = o.endpoint_id AND w.url <> $8))
            RETURNING id, kind, endpoint_id, ticket_id, event_seq, payload, attempts, created_at, traceparent, tracestate, is_digest
        ),
        buried AS (
            INSERT INTO docket.outbox_dead (tenant_id, id, kind, endpoint_id, ticket_id, event_seq, payload, attempts, reason, created_at, died_at,
                traceparent, tracestate, is_digest, event_type)
            SELECT $1, g.id, g.kind, g.endpoint_id, g.ticket_id, g.event_seq, g.payload, g.attempts, $7, g.created_at, c.at, g.traceparent, g.tracestate,
                g.is_digest,
                (SELECT e.kind FROM docket.ticket_event e WHERE e.tenant_id = $1 AND e.ticket_id = g.ticket_id AND e.seq = g.event_seq LIMIT 1)
            FROM gone g, clock c
            ON CONFLICT (tenant_id, id) DO UPDATE SET attempts = excluded.attempts, reason = excluded.reason, died_at = excluded.died_at
        ),
        closed AS (
            UPDATE docket.webhook_endpoint w SET status = 'disabled', version = w.version + 1, failing_since = coalesce(w.failing_since, c.at), updated_at = c.at
            FROM gone g, clock c
            WHERE w.url = $8 AND w.tenant_id = $1 AND w.id = g.endpoint_id AND w.status = 'active'
            RETURNING w.id
        ),
        recorded AS (
            INSERT INTO docket.delivery_attempt (tenant_id, at, outbox_id, attempt, kind, endpoint_id, outcome, status_code, detail, duration_us)
            SELECT $1, c.at, g.id, g.attempts, g.kind, g.endpoint_id, 'failed', $4, $5, $6 FROM gone g, clock c
            RETURNING outbox_id
        ),
        part AS (
            SELECT n.id FROM docket.mail_notice n JOIN gone g ON n.digest_id = g.id WHERE n.tenant_id = $1
        ),
        told AS (
            INSERT INTO docket.delivery_attempt (tenant_id, at, outbox_id, attempt, kind, outcome, status_code, detail, duration_us, digest_id)
            SELECT $1, c.at, p.id, g.attempts, 'mail', 'failed', $4, 'in a digest', 0, g.id FROM gone g, part p, clock c
        )
        SELECT EXISTS (SELECT FROM recorded), EXISTS (SELECT FROM closed)
        """
    let tenant: TenantID
    let lease: DeliveryLease
    let record: AttemptRecord
    let reason: String
    let disabledURL: String?

    /// - Parameters:
    ///   - reason: at most 500 characters are kept.
    ///   - disabledURL: the address that wants nothing more; nil disables nothing.
    public init(tenant: TenantID, lease: DeliveryLease, record: AttemptRecord, reason: String, disabledURL: String?) {
        self.tenant = tenant
        self.lease = lease
        self.record = record
        self.reason = String(reason.unicodeScalars.prefix(500).filter { $0 != "\0" }.map(Character.init))
        self.disabledURL = disabledURL
    }

    public func bind(into binder: inout Binder) {
        binder.append(tenant)
        binder.append(lease.id)
        binder.append(lease.token)
        record.bind(into: &binder)
        binder.append(reason)
        binder.append(disabledURL)
    }

    public static func decode(_ row: RowView) throws(DecodeError) -> SettledDelivery {
        try SettledDelivery(row)
    }
}
