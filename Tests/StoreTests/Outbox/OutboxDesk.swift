import Domain
import Postgres
import Store
import TestSupport

/// A tenant with endpoints and rows in the outbox, written behind the statements under test.
struct OutboxDesk {
    let database: TestDatabase
    let tenant: TenantID

    static func make(in database: TestDatabase) async throws -> OutboxDesk {
        OutboxDesk(database: database, tenant: try await TestTenant.make(in: database).id)
    }

    /// SQL as the superuser; the rows of the last statement.
    @discardableResult
    func sql(_ text: String) async throws -> [[String]] {
        try await database.superuser().run(text)
    }

    func value(_ text: String) async throws -> String? {
        try await sql(text).first?.first
    }

    /// Adds an active endpoint.
    func addEndpoint() async throws -> DeliveryLane {
        let id = WebhookEndpointID(high: .random(in: 1...(.max)), low: .random(in: 1...(.max)))
        try await sql(
            """
            INSERT INTO docket.webhook_endpoint (tenant_id, id, url, sealed_secret, created_at, updated_at)
            VALUES ('\(tenant)', '\(id)', 'https://example.com/hook', 'sealed', docket.now(), docket.now())
            """
        )
        return DeliveryLane(tenant: tenant, endpoint: id)
    }

    /// Adds due rows, each for an event of a ticket of its own.
    func addRows(_ count: Int, to lane: DeliveryLane) async throws {
        guard let endpoint = lane.endpoint else { return }
        try await sql(
            """
            WITH base AS (SELECT coalesce(max(number), 0) AS top FROM docket.ticket WHERE tenant_id = '\(tenant)'),
            t AS (
                INSERT INTO docket.ticket (tenant_id, id, number, version, last_seq, subject, description, type, channel, state, priority, created_at, updated_at)
                SELECT '\(tenant)', gen_random_uuid(), base.top + n, 2, 2, 'Printer', '', 'incident', 'api', 'assigned', 3, docket.now(), docket.now()
                FROM base, generate_series(1, \(count)) n
                RETURNING id
            ),
            e AS (
                INSERT INTO docket.ticket_event (tenant_id, ticket_id, seq, at, xid, version, kind, actor_kind, data)
                SELECT '\(tenant)', id, 2, docket.now(), pg_current_xact_id(), 2, 'ticket.state_changed', 'dispatcher',
                    '{"from": "waiting_assignment", "to": "assigned", "cause": "assignment"}'
                FROM t
            )
            INSERT INTO docket.outbox (tenant_id, id, kind, endpoint_id, ticket_id, event_seq, created_at, next_attempt_at)
            SELECT '\(tenant)', gen_random_uuid(), 'webhook', '\(endpoint)', id, 2, docket.now(), docket.now() FROM t
            """
        )
    }

    var rowCount: Int {
        get async throws { Int(try await value("SELECT count(*) FROM docket.outbox WHERE tenant_id = '\(tenant)'") ?? "") ?? -1 }
    }

    var attemptCount: Int {
        get async throws { Int(try await value("SELECT count(*) FROM docket.delivery_attempt WHERE tenant_id = '\(tenant)'") ?? "") ?? -1 }
    }
}
