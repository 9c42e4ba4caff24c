public import Domain
public import Postgres

/// Puts events into the outbox for endpoints that an escalation level names, whatever kinds they subscribed to. The ids are those that
/// ``EnqueueWebhooks`` gives, so an endpoint that wants the kind anyway hears it once.
public struct EnqueueEscalationWebhooks: Statement {
    public typealias Row = NoRow
    public static let sql = """
        INSERT INTO docket.outbox (tenant_id, id, kind, endpoint_id, ticket_id, event_seq, created_at, next_attempt_at)
        SELECT $1, md5(e.ticket_id::text || e.seq || w.id::text)::uuid, 'webhook', w.id, e.ticket_id, e.seq, $5, $5
        FROM (SELECT DISTINCT c.ticket_id, c.seq, c.endpoint_id FROM unnest($2::uuid[], $3::int[], $4::uuid[]) AS c (ticket_id, seq, endpoint_id)) e
        JOIN docket.webhook_endpoint w ON w.tenant_id = $1 AND w.status = 'active' AND w.id = e.endpoint_id
        ON CONFLICT (tenant_id, id) DO NOTHING
        """
    let tenant: TenantID
    public struct Call: Sendable {
        let ticket: TicketID
        let sequence: Int
        let endpoint: WebhookEndpointID

        public init(ticket: TicketID, sequence: Int, endpoint: WebhookEndpointID) {
            self.ticket = ticket
            self.sequence = sequence
            self.endpoint = endpoint
        }
    }

    let calls: [Call]
    let time: Timestamp

    public init(tenant: TenantID, calls: [Call], time: Timestamp) {
        self.tenant = tenant
        self.calls = calls
        self.time = time
    }

    public func bind(into binder: inout Binder) {
        binder.append(tenant)
        binder.append(calls.map(\.ticket))
        binder.append(calls.map { Int32(clamping: $0.sequence) })
        binder.append(calls.map(\.endpoint))
        binder.append(time)
    }
}
