import Domain
import Store
import TestSupport
import Testing
import UseCases

/// A claim takes the oldest, and as many of the newest as it is told (decision 21).
@Suite struct NewestDeliveryTests {
    /// A lane whose rows are due in the order of their tickets' numbers.
    private struct Line: Sendable {
        let desk: OutboxDesk
        let deliveries: Deliveries
        let lane: DeliveryLane
        let numbers: [String: Int]

        /// Claims, and gives the numbers in their order.
        func claim(_ room: Int, newest: Int, takesSuspect: Bool = false) async throws -> [Int] {
            let rooms = [LaneRoom(lane, room: room, newest: newest)]
            let claim = try await deliveries.claim(of: lane.tenant, rooms: rooms, limit: 100, takesSuspect: takesSuspect)
            return claim.deliveries.compactMap { numbers["\($0.lease.id)"] }.sorted()
        }
    }

    private func with(rows: Int, _ body: @Sendable @escaping (Line) async throws -> Void) async throws {
        try await TestDatabase.with { database in
            let desk = try await OutboxDesk.make(in: database)
            let lane = try await desk.addEndpoint()
            try await desk.addRows(rows, to: lane)
            try await desk.sql(
                """
                UPDATE docket.outbox o SET next_attempt_at = docket.now() - (\(rows + 1) - t.number) * interval '1 s'
                FROM docket.ticket t WHERE t.tenant_id = o.tenant_id AND t.id = o.ticket_id
                """
            )
            let numbers = try await desk.sql(
                "SELECT o.id, t.number FROM docket.outbox o JOIN docket.ticket t ON t.tenant_id = o.tenant_id AND t.id = o.ticket_id"
            ).reduce(into: [String: Int]()) { $0[$1[0]] = Int($1[1]) }
            try await database.withClient(role: "docket_courier") { client in
                try await body(Line(desk: desk, deliveries: Deliveries(database: Database(client: client)), lane: lane, numbers: numbers))
            }
        }
    }

    @Test func takesFromBothEndsAndNothingTwice() async throws {
        try await with(rows: 10) { line in
            let ends = try await line.claim(4, newest: 1)
            #expect(ends == [1, 2, 3, 10])
            let newest = try await line.claim(2, newest: 2)
            #expect(newest == [8, 9])
            // The two ends meet: everything, once.
            let rest = try await line.claim(6, newest: 3)
            #expect(rest == [4, 5, 6, 7])
            let none = try await line.claim(6, newest: 3)
            #expect(none == [])
        }
    }

    @Test func takesAsManyAsThereIsRoomForWhereverItBegins() async throws {
        for newest in 0...3 {
            try await with(rows: 3) { line in
                let all = try await line.claim(3, newest: newest)
                #expect(all == [1, 2, 3])
            }
        }
    }

    @Test func aSuspectTakesTheRoomOfOne() async throws {
        try await with(rows: 5) { line in
            try await line.desk.sql("UPDATE docket.outbox SET unrecorded = 2 WHERE ticket_id = (SELECT id FROM docket.ticket WHERE number = 5)")
            let suspect = try await line.claim(1, newest: 1, takesSuspect: true)
            #expect(suspect == [5])
            let others = try await line.claim(2, newest: 1, takesSuspect: true)
            #expect(others == [1, 4])
        }
    }

    @Test func onlyALaneThatIsBehindIsSaidToBe() async throws {
        try await TestDatabase.with { database in
            let desk = try await OutboxDesk.make(in: database)
            let (late, fresh) = (try await desk.addEndpoint(), try await desk.addEndpoint())
            try await desk.addRows(2, to: late)
            try await desk.sql(
                "UPDATE docket.outbox SET next_attempt_at = next_attempt_at - interval '6 s' WHERE id IN (SELECT id FROM docket.outbox LIMIT 1)"
            )
            try await desk.addRows(2, to: fresh)
            try await database.withClient(role: "docket_courier") { client in
                let found = try await Database(client: client).discoverDeliveries(after: nil).lanes
                #expect(Set(found) == [DueLane(late, isBehind: true), DueLane(fresh, isBehind: false)])
            }
        }
    }
}
