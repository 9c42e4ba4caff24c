import Domain
import HTTPTypes
import HummingbirdTesting
import TestSupport
import Testing

@testable import HTTPAPI

/// api.md 5: a batch that is made as a whole or not at all.
@Suite struct AtomicBatchTests {
    private static let nowhere = "00000000-0000-7000-8000-000000000001"

    /// Rows of everything that a ticket writes.
    private static func rows(_ api: APIFixture) async throws -> [String] {
        try await api.database.sql(
            """
            SELECT (SELECT count(*) FROM docket.ticket), (SELECT count(*) FROM docket.ticket_event), (SELECT count(*) FROM docket.routing_entry),
                (SELECT count(*) FROM docket.sla_timer), (SELECT count(*) FROM docket.outbox), (SELECT count(*) FROM docket.idempotency_record)
            """
        ).first ?? []
    }

    @Test func allOfThemAreMade() async throws {
        try await APIFixture.with { api in
            try await api.tenantA.addPolicy(#"{"name":"P","targets":[{"metric":"resolution","seconds":60,"mode":"calendar"}]}"#)
            try await api.succeed("createWebhookEndpoint", body: #"{"url":"https://example.com/hook"}"#)
            let items = (0..<100).map { #"{"subject":"t\#($0)","priority":"P2"}"# }.joined(separator: ",")
            let batch = try await api.succeed("createTickets", body: #"{"items":[\#(items)],"atomic":true}"#)
            #expect(batch.response.status == .ok)
            let made = try batch.value("items").elements ?? []
            #expect(made.count == 100)
            #expect(try await Self.rows(api) == ["100", "100", "100", "100", "100", "0"])
            for index in [0, 57, 99] {
                let item = try #require(made[index].members)
                let ticket = try await api.succeed("getTicket", ["ticket_id": try #require(item.first { $0.name == "id" }?.value.string)])
                #expect(try ticket.text("subject") == "t\(index)" && ticket.text("state") == "waiting_assignment")
                #expect(item.first { $0.name == "etag" }?.value.string == ticket.entityTag)
            }
            let numbers = try await api.database.sql("SELECT count(DISTINCT number), count(DISTINCT id) FROM docket.ticket")
            #expect(numbers == [["100", "100"]])
        }
    }

    @Test("One bad item: nothing is made, and everything wrong is pointed at")
    func noneOfThemIsMade() async throws {
        try await APIFixture.with { api in
            let before = try await Self.rows(api)
            let cases: [(String, [String])] = [
                (#"{"subject":"a"},{"subject":"b","queue_id":"\#(Self.nowhere)"}"#, ["/items/1/queue_id unknown-reference"]),
                (#"{"subject":"a"},{"subject":"b","requester_id":"\#(Self.nowhere)"}"#, ["/items/1/requester_id unknown-reference"]),
                (
                    #"{"subject":"a","group_id":"\#(Self.nowhere)"},{"subject":"b"},{"subject":"c","preferred_agent_id":"\#(Self.nowhere)"}"#,
                    ["/items/0/group_id unknown-reference", "/items/2/preferred_agent_id unknown-reference"]
                ),
                (#"{"subject":"a"},{},{"subject":7}"#, ["/items/1/subject required", "/items/2/subject wrong-type"]),
                (#"{"subject":"a"},{"subject":"b","colour":1}"#, ["/items/1/colour unknown-field"]),
                (#"{"subject":"a","idempotency_key":"k"}"#, ["/items/0/idempotency_key not-allowed"]),
                (#"{"subject":"a","occurred_at":"2090-01-01T00:00:00Z"}"#, ["/items/0/occurred_at in-future"]),
            ]
            for (items, expected) in cases {
                let response = try await api.call("createTickets", body: #"{"items":[\#(items)],"atomic":true}"#, headers: [.idempotencyKey: "k"])
                #expect(try expectProblem(response, .validationFailed) == expected)
                #expect(try await Self.rows(api) == before)
            }
            let queue = #"{"items":[{"subject":"a"},{"subject":"b","queue_id":"\#(api.tenantB.queue)"}],"atomic":true}"#
            let foreign = try await api.call("createTickets", body: queue)
            #expect(try expectProblem(foreign, .validationFailed) == ["/items/1/queue_id unknown-reference"])
            for atomic in ["null", "1", #""true""#] {
                try expectProblem(try await api.call("createTickets", body: #"{"items":[{"subject":"a"}],"atomic":\#(atomic)}"#), .validationFailed)
            }
            let tooMany = Array(repeating: #"{"subject":"a"}"#, count: 101).joined(separator: ",")
            try expectProblem(try await api.call("createTickets", body: #"{"items":[\#(tooMany)],"atomic":true}"#), .validationFailed)
            #expect(try await Self.rows(api) == before)
        }
    }

    @Test func aRepeatedBatchHasOneEffect() async throws {
        try await APIFixture.with { api in
            let body = #"{"items":[{"subject":"a"},{"subject":"b"}],"atomic":true}"#
            let headers: HTTPFields = [.idempotencyKey: "whole"]
            let answers = try await withThrowingTaskGroup(of: TestResponse.self) { group in
                for _ in 0..<4 { group.addTask { try await api.call("createTickets", body: body, headers: headers) } }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(Set(answers.map(\.text)).count == 1 && answers.allSatisfy { $0.status == .ok }, "\(answers.map(\.text))")
            #expect(answers.count { $0.headers[.idempotentReplayed] == "true" } == 3)
            #expect(try await Self.rows(api) == ["2", "2", "2", "0", "0", "1"])
            let other = #"{"items":[{"subject":"a"}],"atomic":true}"#
            try expectProblem(try await api.call("createTickets", body: other, headers: headers), .idempotencyKeyReused)
            #expect(try await api.succeed("createTickets", body: #"{"items":[{"subject":"c"}]}"#).response.status == .multiStatus)
        }
    }
}
