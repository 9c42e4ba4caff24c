import Domain
import HTTPTypes
import HummingbirdTesting
import Store
import TestSupport
import Testing

@testable import HTTPAPI

/// Whose an `Idempotency-Key` is, which request it stands for, and which answers are kept under it (api.md 3).
@Suite struct KeyScopeTests {
    private static let headers: HTTPFields = [.idempotencyKey: "k"]

    private static func ticket(_ api: APIFixture) async throws -> [String: String] {
        ["ticket_id": try await api.succeed("createTicket", body: #"{"subject":"x"}"#).text("id")]
    }

    private static func records(_ api: APIFixture) async throws -> Int? {
        try await api.database.sql("SELECT count(*) FROM docket.idempotency_record").first?.first.flatMap { Int($0) }
    }

    @Test("Two credentials of a tenant, and another tenant, use one key for one request without hearing of each other")
    func credentials() async throws {
        try await APIFixture.with { api in
            let body = #"{"subject":"the same"}"#
            let callers: [APIFixture.Caller] = [.tenantA, .agentOfA, .tenantB]
            var tickets: [String] = []
            for caller in callers {
                let made = try await api.succeed("createTicket", as: caller, body: body, headers: Self.headers)
                #expect(made.response.headers[.idempotentReplayed] == nil, "\(caller)")
                tickets.append(try made.text("id"))
            }
            #expect(Set(tickets).count == callers.count)
            for (caller, ticket) in zip(callers, tickets) {
                let again = try await api.succeed("createTicket", as: caller, body: body, headers: Self.headers)
                #expect(try again.response.headers[.idempotentReplayed] == "true" && again.text("id") == ticket, "\(caller)")
            }
            #expect(try await api.database.sql("SELECT count(*) FROM docket.ticket") == [["3"]])
        }
    }

    @Test("The same key with another address is another request, also with the same body: 422, and nothing happens")
    func addresses() async throws {
        try await APIFixture.with { api in
            let (first, second) = (try await Self.ticket(api), try await Self.ticket(api))
            let body = #"{"state":"resolved"}"#
            try await api.succeed("transitionTicket", first, body: body, headers: Self.headers)
            try expectProblem(try await api.call("transitionTicket", second, body: body, headers: Self.headers), .idempotencyKeyReused)
            #expect(try await api.succeed("getTicket", second).text("state") == "waiting_assignment")
            // Two operations on one ticket, neither with a body.
            try await api.succeed("assignTicket", second, body: #"{"agent_id":"\#(api.agentOfA)"}"#)
            let bare: HTTPFields = [.idempotencyKey: "bare"]
            try await api.succeed("releaseTicket", second, headers: bare)
            try expectProblem(try await api.call("withdrawTicket", second, headers: bare), .idempotencyKeyReused)
        }
    }

    @Test("Method, path, query, content type and body each make another request; how a query is written does not")
    func fingerprints() throws {
        func fingerprint(
            _ method: String = "POST",
            _ path: String = "/v1/a",
            query: String = "x=1&y=2",
            type: String = "application/json",
            body: String = "{}"
        ) throws -> [UInt8] {
            IdempotencyRequest(
                principal: Principal(tenantID: TenantID(high: 1, low: 1), keyID: APIKeyID(high: 1, low: 1), scopes: .all),
                key: try #require(IdempotencyKey("k")),
                method: method,
                pathTemplate: "/v1/{x}",
                path: path,
                query: try QueryString(query[...]),
                contentType: type,
                body: Array(body.utf8)
            ).fingerprint
        }
        let usual = try fingerprint()
        let others = try [
            fingerprint("PATCH"), fingerprint("POST", "/v1/b"), fingerprint(query: "x=1"), fingerprint(query: "x=1&y=3"),
            fingerprint(type: "application/merge-patch+json"), fingerprint(body: "{ }"),
            // Parts do not run together.
            fingerprint("POST/", "v1/a"), fingerprint(type: "application/json{", body: "}"),
        ]
        #expect(usual.count == 32 && Set(others + [usual]).count == others.count + 1)
        #expect(try fingerprint(query: "y=2&x=1") == usual && fingerprint(query: "x=%31&y=2") == usual)
    }

    @Test("401, 403 and 409 are not kept: what was refused is judged afresh under its key")
    func refusals() async throws {
        try await APIFixture.with { api in
            let body = #"{"subject":"x"}"#
            try expectProblem(try await api.call("createTicket", as: .nobody, body: body, headers: Self.headers), .invalidToken)
            let reader = APIFixture.Caller.scoped(ScopeSet([.ticketsRead]))
            try expectProblem(try await api.call("createTicket", as: reader, body: body, headers: Self.headers), .insufficientScope)
            #expect(try await Self.records(api) == 0)

            let ids = try await Self.ticket(api)
            let other = try await api.tenantA.addAgent()
            try await api.succeed("assignTicket", ids, body: #"{"agent_id":"\#(other)"}"#)
            func giveBack() async throws -> TestResponse {
                try await api.call("returnTicket", as: .agentOfA, ids, body: #"{"reason":"x"}"#, headers: Self.headers)
            }
            try expectProblem(try await giveBack(), .forbidden)
            #expect(try await Self.records(api) == 0)
            try await api.succeed("assignTicket", ids, body: #"{"agent_id":"\#(api.agentOfA)"}"#)
            #expect(try await giveBack().status == .ok)

            func close() async throws -> TestResponse {
                try await api.call("transitionTicket", ids, body: #"{"state":"closed"}"#, headers: [.idempotencyKey: "close"])
            }
            try expectProblem(try await close(), .invalidTransition)
            try await api.succeed("transitionTicket", ids, body: #"{"state":"resolved"}"#)
            #expect(try await close().status == .ok)
            #expect(try await Self.records(api) == 2)
        }
    }

    @Test("429 is not kept: after the wait the same request under its key is done")
    func tooOften() async throws {
        try await APIFixture.with { api in
            let ids = try await Self.ticket(api)
            try await api.succeed("urgeTicket", ids, body: #"{"text":"x"}"#)
            func urge() async throws -> TestResponse { try await api.call("urgeTicket", ids, body: #"{"text":"y"}"#, headers: Self.headers) }
            try expectProblem(try await urge(), .quotaExceeded)
            #expect(try await Self.records(api) == 0)
            try await api.database.sql("UPDATE docket.ticket SET last_urged_at = last_urged_at - interval '10 minutes'")
            let done = try await urge()
            #expect(done.status == .ok && done.headers[.idempotentReplayed] == nil, "\(done.text)")
            #expect(try await api.succeed("getTicket", ids).value("urge_count").int64 == 2)
        }
    }

    @Test("500 and 503 are not kept: the effect was undone with the record, and the repetition has it")
    func failures() async throws {
        try await APIFixture.with { api in
            try await api.database.sql(
                """
                CREATE FUNCTION docket.fail_for_test() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE EXCEPTION ''broken''; END';
                CREATE CONSTRAINT TRIGGER broken AFTER INSERT ON docket.skill INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION docket.fail_for_test();
                """
            )
            func create() async throws -> TestResponse {
                try await api.call("createSkill", body: #"{"key":"x","name":"x"}"#, headers: Self.headers)
            }
            try expectProblem(try await create(), .internalError)
            #expect(try await Self.records(api) == 0)
            try await api.database.sql("DROP TRIGGER broken ON docket.skill")
            let made = try await create()
            #expect(made.status == .created && made.headers[.idempotentReplayed] == nil)

            let ids = try await Self.ticket(api)
            let ticket = try #require(TicketID(ids["ticket_id"] ?? ""))
            @Sendable func resolve() async throws -> TestResponse {
                try await api.call("transitionTicket", ids, body: #"{"state":"resolved"}"#, headers: [.idempotencyKey: "resolve"])
            }
            let busy = try await api.holding({ $0.add(LockTicket(tenant: api.tenantA.id, ticket: ticket)) }) { try await resolve() }
            try expectProblem(busy, .unavailable)
            #expect(try await Self.records(api) == 1)
            let done = try await resolve()
            #expect(done.status == .ok && done.headers[.idempotentReplayed] == nil)
            #expect(try await Self.records(api) == 2)
        }
    }
}
