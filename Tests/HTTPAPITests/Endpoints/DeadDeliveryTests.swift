import Domain
import HTTPTypes
import HummingbirdTesting
import TestSupport
import Testing

@testable import HTTPAPI

/// api.md 7: deliveries that were given up, seen and made again.
@Suite struct DeadDeliveryTests {
    /// An endpoint of tenant A and a ticket, and deliveries to it that were given up a minute apart, the first type the oldest.
    private static func seed(_ api: APIFixture, _ types: [String]) async throws -> (ids: [String: String], deliveries: [String]) {
        let hook = try await api.succeed("createWebhookEndpoint", body: #"{"url":"https://example.com/hook","event_types":["ticket.closing_soon"]}"#)
        let ids = [
            "webhook_endpoint_id": try hook.text("id"),
            "ticket_id": try await api.succeed("createTicket", body: #"{"subject":"secret-subject"}"#).text("id"),
        ]
        var deliveries: [String] = []
        for (index, type) in types.enumerated() {
            let id = try await HappyPathTests.addDeadDelivery(api, to: ids, reason: "not delivered in 10 attempts")
            try await api.database.sql(
                """
                UPDATE docket.outbox_dead SET event_type = '\(type)', died_at = '2026-01-01T00:00:00Z'::timestamptz + interval '\(index) minutes',
                    payload = '{"to":["secret@example.com"]}', traceparent = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01' WHERE id = '\(id)'
                """
            )
            deliveries.append(id)
        }
        return (ids, deliveries)
    }

    private static func listed(_ api: APIFixture, _ query: String, limit: Int = 2) async throws -> [String] {
        var ids: [String] = []
        var next = "limit=\(limit)&\(query)"
        for _ in 0..<20 {
            let page = try await api.succeed("listDeadDeliveries", query: next)
            ids += try (page.value("data").elements ?? []).map { try #require($0.members?.first { $0.name == "id" }?.value.string) }
            guard let cursor = try page.value("next_cursor").string else { break }
            next = "limit=\(limit)&\(query)&cursor=\(cursor)"
        }
        return ids
    }

    @Test("A mail of several notices names the tickets that they are about, each once, up to twenty, and none of another tenant")
    func aDigestNamesItsTickets() async throws {
        try await APIFixture.with { api in
            let (ids, made) = try await Self.seed(api, ["ticket.created", "ticket.created", "ticket.created"])
            let ticket = try #require(ids["ticket_id"])
            let other = try await api.succeed("createTicket", body: #"{"subject":"Another"}"#).text("id")
            try await api.database.sql(
                """
                UPDATE docket.outbox_dead SET kind = 'mail', endpoint_id = NULL, ticket_id = NULL, event_seq = NULL, event_type = NULL, is_digest = true
                    WHERE id IN ('\(made[0])', '\(made[1])');
                INSERT INTO docket.mail_notice (tenant_id, digest_id, id, payload, created_at, ticket_id)
                    SELECT d.tenant_id, d.id, gen_random_uuid(), '{}', now(), t.id FROM docket.outbox_dead d CROSS JOIN docket.ticket t CROSS JOIN generate_series(1, 3)
                    WHERE d.id = '\(made[0])' AND t.id IN ('\(ticket)', '\(other)');
                INSERT INTO docket.mail_notice (tenant_id, digest_id, id, payload, created_at, ticket_id)
                    SELECT d.tenant_id, d.id, gen_random_uuid(), '{}', now(), CASE WHEN n > 3 THEN gen_random_uuid() END
                    FROM docket.outbox_dead d CROSS JOIN generate_series(1, 33) n WHERE d.id = '\(made[1])';
                INSERT INTO docket.mail_notice (tenant_id, digest_id, id, payload, created_at, ticket_id)
                    SELECT t.id, '\(made[0])', gen_random_uuid(), '{}', now(), gen_random_uuid() FROM docket.tenant t
                    WHERE t.id <> (SELECT d.tenant_id FROM docket.outbox_dead d WHERE d.id = '\(made[0])');
                """
            )
            func tickets(_ delivery: String) async throws -> [String] {
                try await api.succeed("getDeadDelivery", ["delivery_id": delivery]).value("ticket_ids").elements?.compactMap(\.string) ?? []
            }
            #expect(try await tickets(made[0]).sorted() == [ticket, other].sorted())
            #expect(Set(try await tickets(made[1])).count == 20)
            #expect(try await tickets(made[2]) == [ticket])
        }
    }

    @Test func listsByEndpointTimeAndType() async throws {
        try await APIFixture.with { api in
            let (ids, made) = try await Self.seed(api, ["ticket.created", "ticket.assigned", "ticket.created", "ticket.updated", "ticket.created"])
            let other = try await api.succeed("createWebhookEndpoint", body: #"{"url":"https://example.com/other"}"#).text("id")
            #expect(try await Self.listed(api, "") == made.reversed())
            #expect(try await Self.listed(api, "event_type=ticket.created", limit: 1) == [made[4], made[2], made[0]])
            #expect(try await Self.listed(api, "webhook_endpoint_id=\(ids["webhook_endpoint_id"] ?? "")") == made.reversed())
            #expect(try await Self.listed(api, "webhook_endpoint_id=\(other)") == [])
            let span = "given_up_at[gte]=2026-01-01T00:01:00Z&given_up_at[lt]=2026-01-01T00:03:00Z"
            #expect(try await Self.listed(api, span) == [made[2], made[1]])
            #expect(try await api.succeed("listDeadDeliveries", as: .tenantB).value("data").count == 0)
            for query in ["event_type=", "webhook_endpoint_id=x", "given_up_at[gte]=now", "status=dead"] {
                try expectProblem(try await api.call("listDeadDeliveries", query: query), .validationFailed)
            }
            let cursor = try await api.succeed("listDeadDeliveries", query: "limit=1").text("next_cursor")
            try expectProblem(try await api.call("listDeadDeliveries", query: "event_type=ticket.created&cursor=\(cursor)"), .invalidCursor)
            try expectProblem(try await api.call("listDeadDeliveries", as: .tenantB, query: "cursor=\(cursor)"), .invalidCursor)
        }
    }

    @Test func showsTheAttemptsAndNoContent() async throws {
        try await APIFixture.with { api in
            let (_, made) = try await Self.seed(api, ["ticket.created"])
            try await api.database.sql(
                """
                INSERT INTO docket.delivery_attempt (tenant_id, at, outbox_id, attempt, kind, outcome, status_code, detail, duration_us)
                SELECT t.id, '2026-01-01T00:00:00Z'::timestamptz + n * interval '1 second', '\(made[0])', n, 'webhook', 'failed', 500, 'attempt ' || n, 1500
                FROM docket.tenant t, generate_series(1, 60) n
                """
            )
            let detail = try await api.succeed("getDeadDelivery", ["delivery_id": made[0]])
            #expect(try detail.value("attempts").count == 50)
            #expect(try detail.text("attempts", "0", "detail") == "attempt 11" && detail.text("attempts", "49", "detail") == "attempt 60")
            #expect(try detail.value("attempts", "0", "status_code").int64 == 500 && detail.value("attempts", "0", "duration_ms").int64 == 1)
            #expect(try detail.text("event_type") == "ticket.created" && detail.value("redeliverable").bool == true)
            #expect(!detail.response.text.contains("secret"))
            try expectProblem(try await api.call("getDeadDelivery", as: .tenantB, ["delivery_id": made[0]]), .notFound)
            try expectProblem(try await api.call("getDeadDelivery", ["delivery_id": TicketID(high: 1, low: 1).description]), .notFound)
        }
    }

    @Test func aMailNamesItsTicketAndRecipients() async throws {
        try await APIFixture.with { api in
            let (ids, made) = try await Self.seed(api, ["ticket.created"])
            let ticket = try #require(ids["ticket_id"])
            try await api.database.sql(
                """
                INSERT INTO docket.outbox_dead (tenant_id, id, kind, ticket_id, payload, attempts, reason, created_at, died_at)
                SELECT t.id, m.id::uuid, 'mail', m.ticket::uuid, m.payload::jsonb, 1, 'no', docket.now(), '2026-02-01T00:00:00Z'::timestamptz + m.at * interval '1 s'
                FROM docket.tenant t, (VALUES
                    ('00000000-0000-7000-8000-000000000002', '\(ticket)', '{"to":["a@example.com","b@example.com"],"subject":"secret","text":"secret"}', 2),
                    ('00000000-0000-7000-8000-000000000001', NULL, '{"to":"secret"}', 1)) AS m (id, ticket, payload, at)
                WHERE t.id = '\(api.tenantA.id)'
                """
            )
            let page = try await api.succeed("listDeadDeliveries")
            #expect(try page.text("data", "0", "ticket_id") == ticket && page.text("data", "0", "recipients", "0") == "a@example.com")
            #expect(try page.text("data", "0", "recipients", "1") == "b@example.com" && page.value("data", "0", "recipients").count == 2)
            #expect(try page.value("data", "1", "ticket_id").isNull && page.value("data", "1", "recipients").count == 0)
            #expect(try page.text("data", "2", "id") == made[0] && page.value("data", "2", "recipients").count == 0)
            #expect(!page.response.text.contains("secret"))
        }
    }

    @Test func oneIsMadeAgainOnce() async throws {
        try await APIFixture.with { api in
            let (_, made) = try await Self.seed(api, ["ticket.created", "ticket.assigned"])
            let path = ["delivery_id": made[0]]
            try expectProblem(try await api.call("redeliverDelivery", as: .tenantB, path), .notFound)
            let answers = try await withThrowingTaskGroup(of: TestResponse.self) { group in
                for _ in 0..<4 { group.addTask { try await api.call("redeliverDelivery", path, headers: [.idempotencyKey: "again"]) } }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(answers.allSatisfy { $0.status == .ok && $0.text == #"{"redelivered":1,"has_more":false}"# }, "\(answers.map(\.text))")
            let rows = try await api.database.sql(
                """
                SELECT id, attempts, next_attempt_at <= docket.now(), payload IS NOT NULL, traceparent FROM docket.outbox WHERE endpoint_id IS NOT NULL
                """
            )
            #expect(rows == [[made[0], "0", "t", "t", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"]])
            // No courier of before its burial, however late it wakes up, can have its next token.
            let token = "SELECT lease_token > 1000000000000000 FROM docket.outbox WHERE endpoint_id IS NOT NULL"
            #expect(try await api.database.sql(token) == [["t"]])
            #expect(try await Self.listed(api, "") == [made[1]])
            try expectProblem(try await api.call("redeliverDelivery", path), .notFound)
            try expectProblem(try await api.call("redeliverDelivery", path, headers: [.idempotencyKey: "other"]), .notFound)
        }
    }

    @Test func anEndpointsAreMadeAgainInBoundedNumbers() async throws {
        try await APIFixture.with { api in
            let (ids, made) = try await Self.seed(api, ["ticket.created", "ticket.assigned", "ticket.created", "ticket.created", "ticket.updated"])
            func redeliver(_ body: String) async throws -> String {
                try await api.succeed("redeliverToWebhookEndpoint", ids, body: body).response.text
            }
            try expectProblem(try await api.call("redeliverToWebhookEndpoint", as: .tenantB, ids, body: "{}"), .notFound)
            #expect(try await redeliver(#"{"event_type":"ticket.created","limit":2}"#) == #"{"redelivered":2,"has_more":true}"#)
            #expect(try await Self.listed(api, "") == [made[4], made[3], made[1]])
            #expect(try await redeliver(#"{"since":"2026-01-01T00:04:00Z"}"#) == #"{"redelivered":1,"has_more":false}"#)
            #expect(try await redeliver(#"{"until":"2026-01-01T00:00:30Z"}"#) == #"{"redelivered":0,"has_more":false}"#)
            #expect(try await redeliver("{}") == #"{"redelivered":2,"has_more":false}"#)
            #expect(try await api.database.sql("SELECT count(*) FROM docket.outbox") == [["5"]])
            for body in [#"{"limit":0}"#, #"{"limit":1001}"#, #"{"since":1}"#, #"{"ids":[]}"#, #"{"event_type":""}"#] {
                try expectProblem(try await api.call("redeliverToWebhookEndpoint", ids, body: body), .validationFailed)
            }
        }
    }

    @Test func aDisabledEndpointGetsNothing() async throws {
        try await APIFixture.with { api in
            let (ids, made) = try await Self.seed(api, ["ticket.created"])
            try await api.database.sql("UPDATE docket.webhook_endpoint SET status = 'disabled'")
            try expectProblem(try await api.call("redeliverDelivery", ["delivery_id": made[0]]), .conflict)
            try expectProblem(try await api.call("redeliverToWebhookEndpoint", ids, body: "{}"), .conflict)
            #expect(try await api.succeed("getDeadDelivery", ["delivery_id": made[0]]).value("redeliverable").bool == false)
            #expect(try await api.database.sql("SELECT count(*) FROM docket.outbox") == [["0"]])
        }
    }

    @Test func scopes() async throws {
        try await APIFixture.with { api in
            let (ids, made) = try await Self.seed(api, ["ticket.created"])
            let reader = APIFixture.Caller.scoped(ScopeSet([.deliveriesRead]))
            try await api.succeed("listDeadDeliveries", as: reader)
            try expectProblem(try await api.call("redeliverDelivery", as: reader, ["delivery_id": made[0]]), .insufficientScope)
            try expectProblem(try await api.call("redeliverToWebhookEndpoint", as: reader, ids, body: "{}"), .insufficientScope)
            try expectProblem(try await api.call("listWebhookEndpoints", as: reader), .insufficientScope)
            try expectProblem(try await api.call("listDeadDeliveries", as: .scoped(ScopeSet([.ticketsRead]))), .insufficientScope)
            // Who may see and edit the endpoints may see and repeat their deliveries.
            try await api.succeed("listDeadDeliveries", as: .scoped(ScopeSet([.webhooksRead])))
            try await api.succeed("redeliverDelivery", as: .scoped(ScopeSet([.webhooksWrite])), ["delivery_id": made[0]])
        }
    }
}
