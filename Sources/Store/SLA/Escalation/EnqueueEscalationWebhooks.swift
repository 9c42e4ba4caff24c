public import Domain
public import Postgres

/// Puts events into the outbox for endpoints that an escalation level names, whatever kinds they subscribed to. The ids are those that
/// ``EnqueueWebhooks`` gives, so an endpoint that wants the kind anyway hears it once.
///
/// What tells one agent when his quiet hours end is a delivery of its own: another one may have been made in the night to the same endpoint.
public struct EnqueueEscalationWebhooks: Statement {
    public typealias Row = NoRow
    public static let sql = """
        INSERT INTO docket.outbox (tenant_id, id, kind, endpoint_id, ticket_id, event_seq, created_at, next_attempt_at, payload)
        SELECT $1, md5(e.ticket_id::text || e.seq || w.id::text || coalesce(e.agent_id::text, ''))::uuid, 'webhook', w.id, e.ticket_id, e.seq, $5, $5,
            CASE WHEN e.agent_id IS NOT NULL THEN jsonb_build_object('told', e.agent_id) END
        FROM (
            SELECT DISTINCT c.ticket_id, c.seq, c.endpoint_id, c.agent_id
            FROM unnest($2::uuid[], $3::int[], $4::uuid[], $6::uuid[]) AS c (ticket_id, seq, endpoint_id, agent_id)
        ) e
        JOIN docket.webhook_endpoint w ON w.tenant_id = $1 AND w.status = 'active' AND w.id = e.endpoint_id
        ON CONFLICT (tenant_id, id) DO NOTHING
        """
    let tenant: TenantID
    public struct Call: Sendable {
        let ticket: TicketID
        let sequence: Int
        let endpoint: WebhookEndpointID
        let told: AgentID?

        /// - Parameter told: whom alone it tells, now that his quiet hours are over; nil: whoever the event says is told at once.
        public init(ticket: TicketID, sequence: Int, endpoint: WebhookEndpointID, told: AgentID? = nil) {
            self.ticket = ticket
            self.sequence = sequence
            self.endpoint = endpoint
            self.told = told
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
        binder.append(calls.map(\.told))
    }
}
