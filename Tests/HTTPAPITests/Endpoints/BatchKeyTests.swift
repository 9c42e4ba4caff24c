import HTTPTypes
import HummingbirdTesting
import TestSupport
import Testing

@testable import HTTPAPI

/// An `Idempotency-Key` belongs to one request (api.md 3), also where its parts are repeated one by one.
@Suite struct BatchKeyTests {
    private static let headers: HTTPFields = [.idempotencyKey: "batch"]

    @Test("A batch that was mended is another request; the same again makes nothing twice")
    func mended() async throws {
        try await APIFixture.with { api in
            func send(_ body: String) async throws -> TestResponse { try await api.call("createTickets", body: body, headers: Self.headers) }
            let body = #"{"items":[{"subject":"a"},{"subject":""},{"subject":"b"}]}"#
            let first = try await send(body)
            #expect(first.status == .multiStatus)
            #expect(try await send(body).status == .multiStatus)
            try expectProblem(try await send(body.replacing(#"{"subject":""},"#, with: "")), .idempotencyKeyReused)
            try expectProblem(try await send(#"{"items":[{"subject":"a"},{"subject":"b"}],"atomic":true}"#), .idempotencyKeyReused)
            let single = try await api.call("createTicket", body: #"{"subject":"a"}"#, headers: Self.headers)
            try expectProblem(single, .idempotencyKeyReused)
            #expect(try await api.database.sql("SELECT subject FROM docket.ticket ORDER BY number") == [["a"], ["b"]])
        }
    }

    @Test("A batch of which every answer is an earlier one says so; with an item that is made or judged now it does not")
    func replayed() async throws {
        try await APIFixture.with { api in
            func send(_ body: String, _ headers: HTTPFields = Self.headers) async throws -> String? {
                let response = try await api.call("createTickets", body: body, headers: headers)
                #expect(response.status == .multiStatus)
                return response.headers[.idempotentReplayed]
            }
            let body = #"{"items":[{"subject":"a"},{"subject":"b"}]}"#
            let own = #"{"items":[{"subject":"a","idempotency_key":"one"},{"subject":"b","idempotency_key":"two"}]}"#
            let whole = [try await send(body), try await send(body), try await send(own, [:]), try await send(own, [:])]
            #expect(whole == [nil, "true", nil, "true"])
            let inPart = [
                try await send(own.replacing("two", with: "three"), [:]),
                try await send(own.replacing(#""subject":"b""#, with: #""subject":"""#), [:]),
                try await send(#"{"items":[{"subject":""}]}"#, [:]),
            ]
            #expect(inPart == [nil, nil, nil])
            #expect(try await api.database.sql("SELECT count(*) FROM docket.ticket") == [["5"]])
        }
    }

    @Test("The other way round, too: a key of one ticket is none for a batch")
    func usedBefore() async throws {
        try await APIFixture.with { api in
            #expect(try await api.call("createTicket", body: #"{"subject":"a"}"#, headers: Self.headers).status == .created)
            let batch = try await api.call("createTickets", body: #"{"items":[{"subject":"a"}]}"#, headers: Self.headers)
            try expectProblem(batch, .idempotencyKeyReused)
            #expect(try await api.database.sql("SELECT count(*) FROM docket.ticket") == [["1"]])
        }
    }

    @Test("An item cannot have the key of the whole batch, and is told so; the others are made")
    func sameKey() async throws {
        try await APIFixture.with { api in
            let body = #"{"items":[{"subject":"a","idempotency_key":"batch"},{"subject":"b"}]}"#
            let answer = try await api.succeed("createTickets", body: body, headers: Self.headers)
            #expect(try answer.text("items", "0", "error", "errors", "0", "pointer") == "/items/0/idempotency_key")
            #expect(try answer.text("items", "0", "error", "errors", "0", "code") == "not-allowed")
            #expect(try answer.value("items", "1", "status").int64 == 201)
        }
    }

    @Test("An item's key is of the characters that a header's may have")
    func characters() async throws {
        try await APIFixture.with { api in
            let body = #"{"items":[{"subject":"a","idempotency_key":"ü"},{"subject":"b","idempotency_key":"x y"}]}"#
            let answer = try await api.succeed("createTickets", body: body)
            #expect(try answer.text("items", "0", "error", "errors", "0", "code") == "invalid-format")
            #expect(try answer.value("items", "1", "status").int64 == 201)
        }
    }
}
