import Domain
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore
import Store
import Synchronization
import TestSupport
import Testing
import UseCases

@testable import HTTPAPI

/// Every documented problem is one that the API gives: for each code of the catalogue there is a request. The other way round it is so by construction: a
/// problem has a code of the catalogue, from which the page is made, and ``APIFixture`` holds every answer against its operation's description.
@Suite struct ProblemCodeTests {
    @Test("Every code of the catalogue is given", arguments: ProblemCode.allCases)
    func isGiven(code: ProblemCode) async throws {
        let widget = "/v1/widgets/\(WidgetEndpoints.known.id)"
        switch code {
        case .malformedRequest: try await widgets(code) { try await $0.get(widget, [.ifNoneMatch: "x"]) }
        case .invalidJSON: try await widgets(code) { try await $0.post("{") }
        case .idempotencyKeyInvalid: try await widgets(code) { try await $0.post(#"{"name":"a"}"#, [.idempotencyKey: "a b"]) }
        case .invalidToken: try await widgets(code) { try await $0.client.execute(uri: "/v1/widgets", method: .get) }
        case .insufficientScope: try await widgets(code) { try await $0.post(#"{"name":"a"}"#, key: $0.api.keys.readOnly) }
        case .forbidden: try await desk(code) { try await $0.call("createSkill", as: .external($0.agentOfA), body: Self.skill) }
        case .tenantSuspended: try await widgets(code) { try await $0.post(#"{"name":"a"}"#, key: $0.api.keys.suspended) }
        case .notFound: try await widgets(code) { try await $0.get("/v1/nothing") }
        case .methodNotAllowed: try await widgets(code) { try await $0.send(.delete, "/v1/widgets") }
        case .notAcceptable: try await widgets(code) { try await $0.get("/v1/widgets", [.accept: "text/html"]) }
        case .conflict: try await desk(code) { try await $0.call("releaseTicket", try await Self.ticket($0)) }
        case .invalidTransition:
            try await desk(code) { try await $0.call("transitionTicket", try await Self.ticket($0), body: #"{"state":"closed"}"#) }
        case .alreadyExists: try await desk(code) { try await Self.twice($0, "createSkill", body: Self.skill) }
        case .idempotencyInProgress: try await desk(code, whileAnotherRequestIsAtWork)
        case .gone: try await desk(code, deletedPolicy)
        case .cursorExpired: try await expiredCursor()
        case .preconditionFailed: try await widgets(code) { try await $0.patch(widget, [.ifMatch: "\"1-00000000\""]) }
        case .bodyTooLarge: try await widgets(code) { try await $0.post(String(repeating: " ", count: (1 << 20) + 1)) }
        case .targetTooLong: try await widgets(code) { try await $0.get("/v1/widgets?colour=" + String(repeating: "a", count: 9_000)) }
        case .unsupportedMediaType: try await widgets(code) { try await $0.post(#"{"name":"a"}"#, [.contentType: "text/plain"]) }
        case .expectationFailed: try await widgets(code) { try await $0.get("/v1/widgets", [.expect: "100-continue, a-miracle"]) }
        case .validationFailed: try await widgets(code) { try await $0.post(#"{"nome":"a"}"#) }
        case .invalidCursor: try await widgets(code) { try await $0.get("/v1/widgets?cursor=x") }
        case .idempotencyKeyReused:
            try await widgets(code) { widgets in
                _ = try await widgets.post(#"{"name":"a"}"#, [.idempotencyKey: "k"])
                return try await widgets.post(#"{"name":"b"}"#, [.idempotencyKey: "k"])
            }
        case .preconditionRequired: try await widgets(code) { try await $0.patch(widget) }
        case .quotaExceeded: try await desk(code) { try await Self.twice($0, "urgeTicket", try await Self.ticket($0), body: #"{"text":"x"}"#) }
        case .headersTooLarge: try await tooManyHeaders()
        case .internalError: try await widgets(code) { try await $0.send(.post, "/v1/fail") }
        case .notImplemented: try await raw(code, "FOO / HTTP/1.1\r\nHost: a\r\n\r\n")
        case .temporaryReducedCapacity:
            try await widgets(code, APIServerConfiguration(port: 0, maximumRequestsInFlight: 0)) { try await $0.get("/v1/widgets") }
        case .timeout: try await widgets(code, APIServerConfiguration(port: 0, timeout: .zero)) { try await $0.send(.post, "/v1/hang") }
        case .unavailable: try await desk(code, whileTheTicketIsLocked)
        }
    }

    // MARK: Without a database

    private struct Widgets: Sendable {
        let api: TestAPI
        let client: any TestClientProtocol

        func get(_ path: String, _ headers: HTTPFields = [:]) async throws -> TestResponse { try await send(.get, path, headers) }

        func post(_ body: String, _ headers: HTTPFields = [:], key: APIKey? = nil) async throws -> TestResponse {
            try await send(.post, "/v1/widgets", headers, body: body, key: key)
        }

        func patch(_ path: String, _ headers: HTTPFields = [:]) async throws -> TestResponse {
            var headers = headers
            headers[.contentType] = "application/merge-patch+json"
            return try await send(.patch, path, headers, body: #"{"name":"b"}"#)
        }

        func send(
            _ method: HTTPRequest.Method,
            _ path: String,
            _ headers: HTTPFields = [:],
            body: String? = nil,
            key: APIKey? = nil
        ) async throws -> TestResponse {
            let headers = api.headers(headers, key: key)
            return try await client.execute(uri: path, method: method, headers: headers, body: body.map { ByteBuffer(string: $0) })
        }
    }

    private func widgets(
        _ code: ProblemCode,
        _ configuration: APIServerConfiguration = APIServerConfiguration(port: 0),
        _ request: @escaping @Sendable (Widgets) async throws -> TestResponse
    ) async throws {
        let api = TestAPI(configuration)
        try await api.run(.live) { client in try expectProblem(try await request(Widgets(api: api, client: client)), code) }
    }

    private func expiredCursor() async throws {
        let now = Mutex(Timestamp(microseconds: 1_000_000))
        let day: Int64 = 86_400_000_000
        let api = TestAPI(now: { now.withLock { $0 } })
        try await api.run { client in
            let widgets = Widgets(api: api, client: client)
            let page = try await widgets.get("/v1/widgets?limit=2").json().root.members
            let cursor = try #require(page?.first { $0.name == "next_cursor" }?.value.string)
            #expect(try await widgets.get("/v1/widgets?limit=2&cursor=\(cursor)").status == .ok)
            now.withLock { $0 = $0.adding(microseconds: day) }
            try expectProblem(try await widgets.get("/v1/widgets?limit=2&cursor=\(cursor)"), .cursorExpired)
        }
    }

    private func tooManyHeaders() async throws {
        let header = String(repeating: "a", count: APILimits.headerBytes + 1)
        try await raw(.headersTooLarge, "GET / HTTP/1.1\r\nHost: a\r\nX-Big: \(header)\r\n\r\n")
    }

    private func raw(_ code: ProblemCode, _ request: String) async throws {
        let answer = try await ServerTests.exchange { _ in request }
        #expect(answer.hasPrefix("HTTP/1.1 \(code.status.code) ") && answer.contains("\"code\":\"\(code.rawValue)\""), "\(answer)")
    }

    // MARK: With one

    private static let skill = #"{"key":"x","name":"x"}"#

    private func desk(_ code: ProblemCode, _ request: @escaping @Sendable (APIFixture) async throws -> TestResponse) async throws {
        try await APIFixture.with { api in try expectProblem(try await request(api), code) }
    }

    private static func ticket(_ api: APIFixture) async throws -> [String: String] {
        ["ticket_id": try await api.succeed("createTicket", body: #"{"subject":"x"}"#).text("id")]
    }

    private static func twice(_ api: APIFixture, _ operation: String, _ ids: [String: String] = [:], body: String) async throws -> TestResponse {
        try await api.succeed(operation, ids, body: body)
        return try await api.call(operation, ids, body: body)
    }

    private func deletedPolicy(_ api: APIFixture) async throws -> TestResponse {
        let targets = #"[{"metric":"resolution","seconds":60,"mode":"calendar"}]"#
        let ids = ["sla_policy_id": try await api.succeed("createSLAPolicy", body: #"{"name":"x","position":1,"targets":\#(targets)}"#).text("id")]
        try await api.succeed("deleteSLAPolicy", ids, headers: [.ifMatch: "*"])
        return try await api.call("getSLAPolicy", ids)
    }

    private func whileAnotherRequestIsAtWork(_ api: APIFixture) async throws -> TestResponse {
        let principal = try await api.principal()
        return try await api.holding({ $0.add(LockIdempotencyKey(principal: principal, key: "k")) }) {
            try await api.call("createSkill", body: Self.skill, headers: [.idempotencyKey: "k"])
        }
    }

    private func whileTheTicketIsLocked(_ api: APIFixture) async throws -> TestResponse {
        let ids = try await Self.ticket(api)
        let ticket = try #require(TicketID(ids["ticket_id"] ?? ""))
        return try await api.holding({ $0.add(LockTicket(tenant: api.tenantA.id, ticket: ticket)) }) {
            try await api.call("transitionTicket", ids, body: #"{"state":"resolved"}"#)
        }
    }
}

extension APIFixture {
    /// Who tenant A's key is.
    func principal() async throws -> APIKeyID {
        try await succeed("createSkill", body: #"{"key":"who","name":"who"}"#, headers: [.idempotencyKey: "who"])
        let rows = try await database.sql("SELECT principal FROM docket.idempotency_record WHERE key = 'who'")
        return try #require(rows.first?.first.flatMap { APIKeyID($0) })
    }

    /// Runs the body while a transaction of tenant A has done the statements and goes on; it commits afterwards.
    func holding<Result: Sendable>(
        _ statements: @Sendable (inout TenantUnit) -> Void,
        _ body: @escaping @Sendable () async throws -> Result
    ) async throws -> Result {
        try await database.withClient(role: "docket_api", connections: 1) { client in
            var unit = TenantUnit(tenantA.id)
            statements(&unit)
            return try await Database(client: client).transaction(unit) { _, _ in try await body() }
        }
    }
}
