public import Domain
public import Postgres

/// Deletes due rows whose endpoint is disabled or gone, with a record of each; at most 1,000 at a time.
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
                    AND (o.lane, o.next_attempt_at) <= (closed.lane, (SELECT at FROM clock))
                ORDER BY o.lane, o.next_attempt_at LIMIT \(limit) FOR UPDATE SKIP LOCKED
            ) p
            LIMIT \(limit)
        ),
        gone AS (
            DELETE FROM docket.outbox o USING picked p WHERE o.tenant_id = $1 AND o.id = p.id RETURNING o.id, o.kind, o.endpoint_id, o.attempts
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
