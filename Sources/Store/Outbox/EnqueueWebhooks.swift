public import Domain
public import Postgres

/// Puts events into the outbox, once for each active endpoint that wants their kind. The id is made from ticket, event and endpoint: the same
/// event reaches an endpoint under one id however often it is sent.
public struct EnqueueWebhooks: Statement {
    public typealias Row = NoRow
    public static let sql = """
        INSERT INTO docket.outbox (tenant_id, id, kind, endpoint_id, ticket_id, event_seq, created_at, next_attempt_at, traceparent, tracestate)
        SELECT $1, md5(e.ticket_id::text || e.seq || w.id::text)::uuid, 'webhook', w.id, e.ticket_id, e.seq, $5, $5, $6, $7
        FROM unnest($2::uuid[], $3::int[], $4::text[]) AS e (ticket_id, seq, kind)
        JOIN docket.webhook_endpoint w ON w.tenant_id = $1 AND w.status = 'active' AND (w.event_types = '{}' OR e.kind = ANY (w.event_types))
        ON CONFLICT (tenant_id, id) DO NOTHING
        """
    let tenant: TenantID
    let events: [TicketEvent]
    let time: Timestamp
    let traceparent: String?
    let tracestate: String?

    /// - Parameters:
    ///   - traceparent: that of the request that caused the events, which is passed on with the deliveries.
    ///   - tracestate: what came with it, at most 512 characters.
    public init(tenant: TenantID, events: [TicketEvent], time: Timestamp, traceparent: String? = nil, tracestate: String? = nil) {
        self.tenant = tenant
        self.events = events
        self.time = time
        self.traceparent = traceparent
        self.tracestate = tracestate
    }

    public func bind(into binder: inout Binder) {
        binder.append(tenant)
        binder.append(events.map(\.ticketID))
        binder.append(events.map { Int32(clamping: $0.sequence) })
        binder.append(events.map(\.payload.kind))
        binder.append(time)
        binder.append(traceparent)
        binder.append(tracestate)
    }
}
