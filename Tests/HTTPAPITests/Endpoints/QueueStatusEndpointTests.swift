import Domain
import HTTPTypes
import TestSupport
import Testing

@testable import HTTPAPI

/// What an operator sees of a queue.
@Suite struct QueueStatusEndpointTests {
    private static let policy = #"{"name":"Hour","targets":[{"metric":"first_response","seconds":3600,"mode":"calendar"}]}"#

    private func numbers(_ json: JSONValue, names: [String]) -> [Int64?] {
        names.map { name in json.members?.first { $0.name == name }?.value.int64 }
    }

    @Test func itShowsWhatWaitsWhoIsThereAndWhatIsAtRisk() async throws {
        try await APIFixture.with { api in
            try await api.tenantA.addPolicy(Self.policy)
            _ = try await api.tenantA.addAgent(capacity: 7)
            let ids = ["queue_id": "\(api.tenantA.queue)"]
            for priority in ["P1", "P3", "P3"] {
                try await api.succeed("createTicket", body: #"{"subject":"x","priority":"\#(priority)","queue_id":"\#(api.tenantA.queue)"}"#)
            }
            let status = try await api.succeed("getQueueStatus", ids)
            #expect(try status.value("waiting").int64 == 3)
            #expect(try numbers(status.value("waiting_by_priority"), names: ["p1", "p2", "p3", "p4"]) == [1, 0, 2, 0])
            #expect(
                try numbers(status.value("risk"), names: ["within_15_minutes", "within_1_hour", "within_4_hours", "breached_waiting"]) == [
                    0, 3, 3, 0,
                ]
            )
            let room = try numbers(status.value("members"), names: ["online", "away", "offline", "room"])
            #expect(room[0] == 2 && room[1] == 0 && room[2] == 0)
            #expect((room[3] ?? 0) > 7)
            #expect(try (0...60).contains(status.value("oldest_age_seconds").int64 ?? -1))
            #expect(try status.value("exact").bool == true)
        }
    }

    @Test("More agents are suggested where more waits than the limit; what waits is weighed (A3.13)")
    func staffing() async throws {
        try await APIFixture.with { api in
            let ids = ["queue_id": "\(api.tenantA.queue)"]
            let names = ["waiting_units", "capacity_units", "percent", "suggested_agents"]
            let quiet = numbers(try await api.succeed("getQueueStatus", ids).value("staffing"), names: names)
            let capacity = try #require(quiet[1])
            #expect(quiet == [0, capacity, 0, 0])
            // Two tickets of a hundred units each; the members have as many as they have.
            for _ in 0..<2 {
                try await api.succeed("createTicket", body: #"{"subject":"x","weight":100,"queue_id":"\#(api.tenantA.queue)"}"#)
            }
            let busy = numbers(try await api.succeed("getQueueStatus", ids).value("staffing"), names: names)
            #expect(busy[0] == 200 && busy[1] == capacity && busy[2] == (20_000 + capacity - 1) / capacity && (busy[3] ?? 0) > 0)
            let relaxed = try await api.succeed("getQueueStatus", ids, query: "staffing_above_percent=10000")
            #expect(try numbers(relaxed.value("staffing"), names: names)[3] == 0)
        }
    }

    @Test func nothingWaits() async throws {
        try await APIFixture.with { api in
            let status = try await api.succeed("getQueueStatus", ["queue_id": "\(api.tenantA.queue)"])
            #expect(try status.value("waiting").int64 == 0)
            #expect(try status.value("oldest_eligible_at").isNull)
            #expect(try status.value("oldest_age_seconds").isNull)
        }
    }

    @Test("Whoever is absent by record, or beyond his shift, is not there and has no room, whatever his heartbeats say")
    func absentMembers() async throws {
        try await APIFixture.with { api in
            let (absent, offShift) = (try await api.tenantA.addAgent(capacity: 7), try await api.tenantA.addAgent(capacity: 7))
            let ids = ["queue_id": "\(api.tenantA.queue)"]
            func members() async throws -> [Int64?] {
                let status = try await api.succeed("getQueueStatus", ids)
                return numbers(try status.value("members"), names: ["online", "away", "offline", "room"])
            }
            let before = try await members()
            try await api.database.sql(
                """
                UPDATE docket.agent SET absent_from = docket.now() - interval '1 hour', absent_until = docket.now() + interval '1 hour' WHERE id = '\(absent)';
                UPDATE docket.agent_presence SET shift_ends_at = docket.now() - interval '1 second' WHERE agent_id = '\(offShift)';
                """
            )
            #expect(try await members() == [before[0].map { $0 - 2 }, 0, 2, before[3].map { $0 - 14 }])
        }
    }

    @Test func aBreachedClockOfAWaitingTicketIsCounted() async throws {
        try await APIFixture.with { api in
            try await api.tenantA.addPolicy(#"{"name":"Now","targets":[{"metric":"first_response","seconds":1,"mode":"calendar"}]}"#)
            let past = try #require(
                try await api.database.sql("SELECT to_char(now() AT TIME ZONE 'UTC' - interval '10 minutes', 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"')")
                    .first?.first
            )
            try await api.succeed("createTicket", body: #"{"subject":"x","occurred_at":"\#(past)","queue_id":"\#(api.tenantA.queue)"}"#)
            let status = try await api.succeed("getQueueStatus", ["queue_id": "\(api.tenantA.queue)"])
            #expect(try numbers(status.value("risk"), names: ["within_4_hours", "breached_waiting"]) == [0, 1])
        }
    }
}
