import Domain
import Store
import TestSupport
import Testing
import UseCases

/// Claim, lease and fencing of the outbox (reliability.md 1).
@Suite struct OutboxLeaseTests {
    private let record = AttemptRecord(statusCode: 500, detail: "no", duration: 1_000)

    private func with(_ body: @Sendable @escaping (OutboxDesk, Deliveries) async throws -> Void) async throws {
        try await TestDatabase.with(hasTestClock: true) { database in
            let desk = try await OutboxDesk.make(in: database)
            try await database.withClient(role: "docket_courier") { client in
                try await body(desk, Deliveries(database: Database(client: client)))
            }
        }
    }

    private func claim(_ deliveries: Deliveries, _ lane: DeliveryLane, room: Int = 10, suspect: Bool = false) async throws -> [Delivery] {
        try await deliveries.claim(of: lane.tenant, rooms: [LaneRoom(lane, room: room)], limit: 100, takesSuspect: suspect).deliveries
    }

    @Test func claimsNoMoreThanTheRoomAndNothingTwice() async throws {
        try await with { desk, deliveries in
            let lane = try await desk.addEndpoint()
            try await desk.addRows(7, to: lane)
            let first = try await claim(deliveries, lane, room: 4)
            let second = try await claim(deliveries, lane, room: 4)
            let third = try await claim(deliveries, lane, room: 4)
            #expect(first.count == 4 && second.count == 3 && third.isEmpty)
            #expect(Set((first + second).map(\.lease.id)).count == 7)
            #expect(first.allSatisfy { $0.attempt == 1 && $0.lostAttempts == 0 && $0.lease.token == 1 })
        }
    }

    @Test func concurrentClaimsDoNotOverlap() async throws {
        try await with { desk, deliveries in
            let lane = try await desk.addEndpoint()
            try await desk.addRows(60, to: lane)
            let claimed = try await withThrowingTaskGroup(of: [OutboxMessageID].self) { group in
                for _ in 0..<8 {
                    group.addTask { try await claim(deliveries, lane, room: 20).map(\.lease.id) }
                }
                return try await group.reduce(into: []) { $0 += $1 }
            }
            #expect(claimed.count == Set(claimed).count)
            let rest = try await claim(deliveries, lane, room: 100)
            #expect(claimed.count + rest.count == 60)
        }
    }

    @Test func aLeaseThatRanOutIsClaimedAgainAndTheStaleHolderWritesNothing() async throws {
        try await with { desk, deliveries in
            let lane = try await desk.addEndpoint()
            try await desk.addRows(1, to: lane)
            let stale = try #require(try await claim(deliveries, lane).first)
            try await desk.database.advanceClock(by: 29)
            #expect(try await claim(deliveries, lane).isEmpty)
            try await desk.database.advanceClock(by: 2)
            let holder = try #require(try await claim(deliveries, lane).first)
            #expect(holder.lease.token > stale.lease.token && holder.attempt == 2 && holder.lostAttempts == 1)

            let verdicts: [DeliveryVerdict] = [
                .delivered, .retry(after: 0, blamesEndpoint: true), .bury(reason: "x", disablesEndpoint: true),
            ]
            for verdict in verdicts {
                #expect(try await deliveries.settle(stale, verdict, record: record)?.isWritten == false)
            }
            try await deliveries.release([stale.lease], of: desk.tenant)
            #expect(try await deliveries.extend([stale.lease], of: desk.tenant).isEmpty)
            #expect(try await desk.rowCount == 1)
            #expect(try await desk.attemptCount == 0)
            #expect(try await desk.value("SELECT count(*) FROM docket.outbox_dead") == "0")
            #expect(try await desk.value("SELECT status || coalesce(failing_since::text, '') FROM docket.webhook_endpoint") == "active")

            #expect(try await deliveries.settle(holder, .delivered, record: record)?.isWritten == true)
            #expect(try await desk.rowCount == 0)
            #expect(try await desk.attemptCount == 1)
        }
    }

    @Test func anExtendedLeaseHoldsLonger() async throws {
        try await with { desk, deliveries in
            let lane = try await desk.addEndpoint()
            try await desk.addRows(1, to: lane)
            let held = try #require(try await claim(deliveries, lane).first)
            try await desk.database.advanceClock(by: 25)
            #expect(try await deliveries.extend([held.lease], of: desk.tenant) == [held.lease.id])
            try await desk.database.advanceClock(by: 25)
            #expect(try await claim(deliveries, lane).isEmpty)
            #expect(try await deliveries.settle(held, .delivered, record: record)?.isWritten == true)
        }
    }

    @Test func aReleasedAttemptDoesNotCountAndIsDueAtOnce() async throws {
        try await with { desk, deliveries in
            let lane = try await desk.addEndpoint()
            try await desk.addRows(1, to: lane)
            let first = try #require(try await claim(deliveries, lane).first)
            try await deliveries.release([first.lease], of: desk.tenant)
            let second = try #require(try await claim(deliveries, lane).first)
            #expect(second.attempt == 1 && second.lostAttempts == 0 && second.lease.token > first.lease.token)
        }
    }

    @Test func writingTwiceRecordsOnce() async throws {
        try await with { desk, deliveries in
            let lane = try await desk.addEndpoint()
            try await desk.addRows(1, to: lane)
            let held = try #require(try await claim(deliveries, lane).first)
            let verdict = DeliveryVerdict.retry(after: 1_000_000, blamesEndpoint: true)
            #expect(try await deliveries.settle(held, verdict, record: record)?.isWritten == true)
            #expect(try await deliveries.settle(held, verdict, record: record)?.isWritten == false)
            #expect(try await desk.attemptCount == 1)
        }
    }

    @Test func aRowThatLeftNoRecordTwiceIsClaimedAlone() async throws {
        try await with { desk, deliveries in
            let lane = try await desk.addEndpoint()
            try await desk.addRows(3, to: lane)
            for _ in 0..<2 {
                #expect(try await claim(deliveries, lane).count == 3)
                try await desk.database.advanceClock(by: 31)
            }
            #expect(try await claim(deliveries, lane).isEmpty)
            let suspect = try await claim(deliveries, lane, suspect: true)
            #expect(suspect.map(\.lostAttempts) == [2])
        }
    }

    @Test func anotherTenantsRowsAreNotSeen() async throws {
        try await with { desk, deliveries in
            let lane = try await desk.addEndpoint()
            try await desk.addRows(1, to: lane)
            let other = try await OutboxDesk.make(in: desk.database)
            let foreign = DeliveryLane(tenant: other.tenant, endpoint: lane.endpoint)
            #expect(try await claim(deliveries, foreign).isEmpty)
            #expect(try await desk.rowCount == 1)
        }
    }
}
