public import Domain
public import Postgres

/// Puts deliveries that were given up back into the outbox, due at once, with a fresh schedule and the ids that their receivers know them by; of a filter's
/// those first that were given up first.
///
/// Their fencing tokens go on from the time in microseconds, beyond any that a delivery had before: a courier that was stopped since then cannot settle what another one has claimed now.
public struct RedeliverDeliveries: Statement {
    public struct Row: Sendable {
        public let redelivered: Int
        /// Whether the filter finds more of them.
        public let hasMore: Bool
    }

    /// The most of one call.
    public static let limit = 1_000
    public static let sql = """
        WITH candidates AS MATERIALIZED (
            SELECT d.id, row_number() OVER (ORDER BY d.died_at, d.id) AS place FROM docket.outbox_dead d
            WHERE \(DeadDeliveryFilter.conditions) AND ($7::uuid IS NULL OR d.id = $7) ORDER BY d.died_at, d.id LIMIT $8 + 1
        ),
        gone AS (
            DELETE FROM docket.outbox_dead d USING candidates c WHERE d.tenant_id = $1 AND d.id = c.id AND c.place <= $8
            RETURNING d.id, d.kind, d.endpoint_id, d.ticket_id, d.event_seq, d.payload, d.created_at, d.traceparent, d.tracestate, d.is_digest
        ),
        put AS (
            INSERT INTO docket.outbox (tenant_id, id, kind, endpoint_id, ticket_id, event_seq, payload, created_at, next_attempt_at, traceparent, tracestate,
                is_digest, lease_token)
            SELECT $1, g.id, g.kind, g.endpoint_id, g.ticket_id, g.event_seq, g.payload, g.created_at, $9, g.traceparent, g.tracestate, g.is_digest,
                (extract(epoch FROM $9::timestamptz) * 1000000)::bigint FROM gone g
            ON CONFLICT (tenant_id, id) DO NOTHING
        )
        SELECT (SELECT count(*) FROM gone), (SELECT count(*) FROM candidates) > $8
        """
    let tenant: TenantID
    let filter: DeadDeliveryFilter
    let id: OutboxMessageID?
    let limit: Int
    let time: Timestamp

    /// - Parameters:
    ///   - id: only this one.
    ///   - limit: at most ``limit``.
    public init(tenant: TenantID, filter: DeadDeliveryFilter, id: OutboxMessageID? = nil, limit: Int, time: Timestamp) {
        self.tenant = tenant
        self.filter = filter
        self.id = id
        self.limit = min(max(limit, 1), Self.limit)
        self.time = time
    }

    public func bind(into binder: inout Binder) {
        filter.bind(tenant, into: &binder)
        binder.append(id)
        binder.append(Int64(limit))
        binder.append(time)
    }

    public static func decode(_ row: RowView) throws(DecodeError) -> Row {
        Row(redelivered: Int(try row.decode(Int64.self, at: 0)), hasMore: try row.decode(Bool.self, at: 1))
    }
}

/// Whether deliveries are made to an endpoint; no row where it does not exist.
public struct EndpointIsActive: Statement {
    public typealias Row = Bool
    public static let sql = "SELECT status = 'active' FROM docket.webhook_endpoint WHERE tenant_id = $1 AND id = $2"
    let tenant: TenantID
    let endpoint: WebhookEndpointID

    public init(tenant: TenantID, endpoint: WebhookEndpointID) {
        self.tenant = tenant
        self.endpoint = endpoint
    }

    public func bind(into binder: inout Binder) {
        binder.append(tenant)
        binder.append(endpoint)
    }

    public static func decode(_ row: RowView) throws(DecodeError) -> Bool {
        try row.decode(Bool.self, at: 0)
    }
}
