import Domain
import Postgres
import Store
import TestSupport
import Testing

/// A tenant with endpoints and rows in the outbox, written behind the courier.
struct DeliveryDesk {
    /// The Standard Webhooks example's secret: the sealed form of these tests is the text itself.
    static let secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"

    let database: TestDatabase
    let tenant: TenantID

    static func make(in database: TestDatabase) async throws -> DeliveryDesk {
        DeliveryDesk(database: database, tenant: try await TestTenant.make(in: database).id)
    }

    /// SQL as the superuser; the rows of the last statement.
    @discardableResult
    func sql(_ text: String) async throws -> [[String]] {
        try await database.superuser().run(text)
    }

    func value(_ text: String) async throws -> String? {
        try await sql(text).first?.first
    }

    func addEndpoint(_ url: String) async throws -> WebhookEndpointID {
        let id = WebhookEndpointID(high: .random(in: 1...(.max)), low: .random(in: 1...(.max)))
        try await sql(
            """
            INSERT INTO docket.webhook_endpoint (tenant_id, id, url, sealed_secret, created_at, updated_at)
            VALUES ('\(tenant)', '\(id)', '\(url)', '\(Self.secret)', docket.now(), docket.now())
            """
        )
        return id
    }

    /// Adds due rows, each for an event of a ticket of its own.
    ///
    /// - Parameter overdue: for how many seconds they have been due.
    func addRows(_ count: Int, to endpoint: WebhookEndpointID, unrecorded: Int = 0, overdue: Int = 0) async throws {
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
            INSERT INTO docket.outbox (tenant_id, id, kind, endpoint_id, ticket_id, event_seq, created_at, next_attempt_at, unrecorded)
            SELECT '\(tenant)', gen_random_uuid(), 'webhook', '\(endpoint)', id, 2, docket.now() - interval '\(overdue) s',
                docket.now() - interval '\(overdue) s', \(unrecorded) FROM t
            """
        )
    }

    /// Adds so many due mails to one address.
    func addMails(_ count: Int, to address: String, overdue: Int = 0) async throws {
        try await sql(
            """
            INSERT INTO docket.outbox (tenant_id, id, kind, payload, created_at, next_attempt_at)
            SELECT '\(tenant)', gen_random_uuid(), 'mail', '{"to": ["\(address)"], "subject": "Late", "text": "Ticket #1 is late."}',
                docket.now() - interval '\(overdue) s', docket.now() - interval '\(overdue) s'
            FROM generate_series(1, \(count))
            """
        )
    }

    func addMail(_ id: OutboxMessageID, to address: String) async throws {
        try await sql(
            """
            INSERT INTO docket.outbox (tenant_id, id, kind, payload, created_at, next_attempt_at)
            VALUES ('\(tenant)', '\(id)', 'mail', '{"to": ["\(address)"], "subject": "Late", "text": "Ticket #1 is late."}', docket.now(), docket.now())
            """
        )
    }

    func count(_ table: String, where condition: String = "true") async throws -> Int {
        Int(try await value("SELECT count(*) FROM docket.\(table) WHERE \(condition)") ?? "") ?? -1
    }

    /// Nothing is left in the outbox, soon.
    func expectEmptied(sourceLocation: SourceLocation = #_sourceLocation) async throws {
        try await expectSoon(sourceLocation: sourceLocation) { try await count("outbox") == 0 }
    }
}

/// Asks again until the answer is yes; an issue after 20 seconds.
func expectSoon(sourceLocation: SourceLocation = #_sourceLocation, _ condition: () async throws -> Bool) async throws {
    let end = ContinuousClock.now.advanced(by: .seconds(20))
    while ContinuousClock.now < end {
        if try await condition() { return }
        try await Task.sleep(for: .milliseconds(10))
    }
    Issue.record("it did not happen in time", sourceLocation: sourceLocation)
}
