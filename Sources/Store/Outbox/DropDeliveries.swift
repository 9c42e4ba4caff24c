public import Domain
public import Postgres

/// Takes rows out of the outbox whose endpoint is disabled or gone, due or not, with a record of each; at most 1,000 at a time. What a courier holds is left to it.
/// Those of a disabled endpoint are given up and kept, so that they can be made again once it is active.
public struct DropDeliveries: Statement {
    public typealias Row = NoRow
    /// The most rows of one call.
    public static let limit = 1_000
    public static let sql = """
        WITH clock AS MATERIALIZED (SELECT docket.now() AS at),
        closed AS MATERIALIZED (
            SELECT l.lane FROM unnest($2::uuid[]) AS l (lane)
            WHERE NOT EXISTS (SELECT FROM docket.webhook_endpoint w WHERE w.tenant_id = $1 AND w.id = l.lane AND w.status = 'active')
        ),
        picked AS MATERIALIZED (
            SELECT p.id
            FROM closed CROSS JOIN LATERAL (
                SELECT o.id FROM docket.outbox o
                WHERE o.tenant_id = $1 AND (o.lane, o.next_attempt_at) >= (closed.lane, '-infinity')
                    AND (o.lane, o.next_attempt_at) <= (closed.lane, 'infinity') AND (o.held_by IS NULL OR o.next_attempt_at <= (SELECT at FROM clock))
                ORDER BY o.lane, o.next_attempt_at LIMIT \(limit) FOR UPDATE SKIP LOCKED
            ) p
            LIMIT \(limit)
        ),
        gone AS (
            DELETE FROM docket.outbox o WHERE o.tenant_id = $1 AND o.id = ANY (ARRAY(SELECT id FROM picked))
            RETURNING o.id, o.kind, o.endpoint_id, o.ticket_id, o.event_seq, o.payload, o.attempts, o.created_at, o.traceparent, o.tracestate
        ),
        buried AS (
            INSERT INTO docket.outbox_dead (tenant_id, id, kind, endpoint_id, ticket_id, event_seq, payload, attempts, reason, created_at, died_at,
                traceparent, tracestate, event_type)
            SELECT $1, g.id, g.kind, g.endpoint_id, g.ticket_id, g.event_seq, g.payload, g.attempts, 'the endpoint is disabled', g.created_at, c.at,
                g.traceparent, g.tracestate,
                (SELECT e.kind FROM docket.ticket_event e WHERE e.tenant_id = $1 AND e.ticket_id = g.ticket_id AND e.seq = g.event_seq LIMIT 1)
            FROM gone g, clock c
            WHERE EXISTS (SELECT FROM docket.webhook_endpoint w WHERE w.tenant_id = $1 AND w.id = g.endpoint_id)
            ON CONFLICT (tenant_id, id) DO NOTHING
        )
        INSERT INTO docket.delivery_attempt (tenant_id, at, outbox_id, attempt, kind, endpoint_id, outcome, detail, duration_us)
        SELECT $1, c.at, g.id, g.attempts, g.kind, g.endpoint_id, 'dropped', 'the endpoint is disabled', 0 FROM gone g, clock c
        """
    let tenant: TenantID
    let lanes: [DeliveryLane]

    /// - Parameter lanes: where to look; mail has no endpoint and is left out.
    public init(tenant: TenantID, lanes: [DeliveryLane]) {
        self.tenant = tenant
        self.lanes = lanes
    }

    public func bind(into binder: inout Binder) {
        binder.append(tenant)
        binder.append(lanes.compactMap(\.endpoint))
    }
}
