import Domain
import TestSupport
import Testing
import UseCases

@testable import Operations

/// `docket deliveries`, against a database.
@Suite("docket deliveries")
struct DeliveriesCommandTests {
    @Test("0 when it is done, 1 where there is nothing of the kind, 2 for bad usage")
    func command() async throws {
        try await TestDatabase.with { database in
            let tenant = try await TestTenant.make(in: database, slug: "acme")
            let other = try await TestTenant.make(in: database, slug: "other")
            let endpoint = WebhookEndpointID(high: 7, low: 1)
            let ids = (1...3).map { OutboxMessageID(high: 8, low: UInt64($0)) }
            try await database.sql(
                """
                INSERT INTO docket.webhook_endpoint (tenant_id, id, url, sealed_secret, created_at, updated_at)
                    VALUES ('\(tenant.id)', '\(endpoint)', 'https://example.com/hook', 'sealed', docket.now(), docket.now());
                INSERT INTO docket.ticket (tenant_id, id, number, version, last_seq, subject, description, type, channel, state, priority, created_at, updated_at)
                    VALUES ('\(tenant.id)', '\(endpoint)', 1, 1, 1, 'x', '', 'incident', 'api', 'new', 3, docket.now(), docket.now());
                INSERT INTO docket.outbox_dead (tenant_id, id, kind, endpoint_id, ticket_id, event_seq, attempts, reason, created_at, died_at, event_type)
                SELECT '\(tenant.id)', i, 'webhook', '\(endpoint)', '\(endpoint)', 1, 10, 'no answer', docket.now(), docket.now(), 'ticket.created'
                FROM unnest('{\(ids.map(\.description).joined(separator: ","))}'::uuid[]) i
                """
            )
            try await database.withEnvironment { environment in
                let rows = try await DeadDeliveries(environment: environment).list(in: tenant.id, limit: 10)
                let lines = DeliveriesCommand.List.table(rows).split(separator: "\n")
                #expect(lines.count == 4 && lines[1].contains("no answer") && lines[1].contains("ticket.created"))
                #expect(try await DeadDeliveries(environment: environment).list(in: other.id, limit: 10).isEmpty)
            }
            let url = try TestServer.url(database: database.name)
            func run(_ arguments: String...) async -> Int32 {
                await CommandLineEntry.run(["deliveries"] + arguments + ["--database-url", url])
            }
            func waiting() async throws -> String? { try await database.sql("SELECT count(*) FROM docket.outbox").first?.first }
            #expect(await run("list", "--tenant", "acme", "--endpoint", endpoint.description) == 0)
            #expect(await run("redeliver", "--tenant", "other", ids[0].description) == 1)
            #expect(await run("redeliver", "--tenant", "other", "--endpoint", endpoint.description) == 1)
            #expect(try await waiting() == "0")
            #expect(await run("redeliver", "--tenant", "acme", ids[0].description) == 0)
            #expect(await run("redeliver", "--tenant", "acme", ids[0].description) == 1)
            #expect(try await waiting() == "1")
            #expect(await run("redeliver", "--tenant", "acme", "--endpoint", endpoint.description) == 0)
            #expect(try await waiting() == "3")
            try await database.sql("UPDATE docket.webhook_endpoint SET status = 'disabled'")
            #expect(await run("redeliver", "--tenant", "acme", "--endpoint", endpoint.description) == 1)
            // Mails have no endpoint.
            try await database.sql(
                """
                INSERT INTO docket.outbox_dead (tenant_id, id, kind, payload, attempts, reason, created_at, died_at)
                SELECT t, gen_random_uuid(), 'mail', '{"to": ["a@example.com"], "subject": "x", "text": "x"}', 1, 'refused', docket.now(), docket.now()
                FROM unnest('{\(tenant.id),\(tenant.id),\(other.id)}'::uuid[]) t;
                INSERT INTO docket.outbox_dead (tenant_id, id, kind, endpoint_id, ticket_id, event_seq, attempts, reason, created_at, died_at, event_type)
                VALUES ('\(tenant.id)', gen_random_uuid(), 'webhook', '\(endpoint)', '\(endpoint)', 1, 10, 'x', docket.now(), docket.now(), 'ticket.created')
                """
            )
            #expect(await run("redeliver", "--tenant", "acme", "--mail") == 0)
            #expect(try await waiting() == "5")
            #expect(try await database.sql("SELECT tenant_id FROM docket.outbox_dead WHERE kind = 'mail'").map(\.first) == [other.id.description])
            #expect(await run("redeliver", "--tenant", "acme", "--mail", ids[0].description) == 2)
            #expect(await run("redeliver", "--tenant", "acme") == 2)
            #expect(await run("redeliver", "--tenant", "acme", "--endpoint", endpoint.description, ids[0].description) == 2)
            #expect(await run("redeliver", "--tenant", "acme", "x") == 2)
            #expect(await run("list", "--tenant", "acme", "--limit", "0") == 2)
            #expect(await run("list", "--tenant", "nobody") == 1)
        }
    }
}
