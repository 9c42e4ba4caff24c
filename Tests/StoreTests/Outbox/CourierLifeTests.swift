import Domain
import Postgres
import Store
import TestSupport
import Testing

@testable import UseCases

/// What a courier held that is gone is free at once, and what one holds that lives is not (docs/decisions/0048). The clock stands still: no lease ends by itself.
@Suite struct CourierLifeTests {
    /// Every look counts.
    private let eager = CourierLook(spacing: .zero)
    private let record = AttemptRecord(statusCode: 500, detail: "no", duration: 1_000)

    private func with(_ body: @Sendable (OutboxDesk) async throws -> Void) async throws {
        try await TestDatabase.with(hasTestClock: true) { database in
            try await database.freezeClock()
            try await body(try await OutboxDesk.make(in: database))
        }
    }

    /// A courier with sessions of its own, which end with the body.
    private func courier<Result: Sendable>(of desk: OutboxDesk, _ body: @Sendable (Deliveries) async throws -> Result) async throws -> Result {
        try await desk.database.withClient(role: "docket_courier") { client in
            let deliveries = Deliveries(database: Database(client: client))
            _ = try await deliveries.showLife(nil)
            return try await body(deliveries)
        }
    }

    private func claim(_ deliveries: Deliveries, _ lane: DeliveryLane, room: Int = 10) async throws -> [Delivery] {
        try await deliveries.claim(of: lane.tenant, rooms: [LaneRoom(lane, room: room)], limit: 100, takesSuspect: false).deliveries
    }

    /// The one courier that is missed, once its sessions have ended.
    private func gone(_ deliveries: Deliveries) async throws -> DeliveryHolder {
        var missed: Set<DeliveryHolder> = []
        let isMissed = try await eventually {
            missed = try await deliveries.showLife(eager)
            return !missed.isEmpty
        }
        #expect(isMissed && missed.count == 1)
        return try #require(missed.first)
    }

    /// As many looks as are needed to miss somebody.
    private func expectNobodyGone(to courier: Deliveries) async throws {
        for _ in 0..<CourierLook.looksToMiss { #expect(try await courier.showLife(eager) == []) }
    }

    @Test("Couriers that share their sessions do not miss each other")
    func sharedSessions() async throws {
        try await with { desk in
            try await desk.database.withClient(role: "docket_courier", connections: 1) { client in
                let couriers = (0..<2).map { _ in Deliveries(database: Database(client: client)) }
                for _ in 0..<3 {
                    for courier in couriers {
                        let missed = try await courier.showLife(eager)
                        #expect(missed.isEmpty)
                    }
                }
            }
            // Their session has ended, and both are missed.
            try await desk.database.withClient(role: "docket_courier") { client in
                let third = Deliveries(database: Database(client: client))
                let areMissed = try await eventually { try await third.showLife(eager).count == 2 }
                #expect(areMissed)
            }
        }
    }

    @Test("What a courier held is claimed by another once its sessions have ended; what it writes afterwards counts for nothing")
    func takenOver() async throws {
        try await with { desk in
            let lane = try await desk.addEndpoint()
            try await desk.addRows(3, to: lane)
            try await courier(of: desk) { other in
                let held = try await courier(of: desk) { first in
                    let held = try await claim(first, lane)
                    // It lives: nothing of it is free, and nobody misses it.
                    try await expectNobodyGone(to: other)
                    #expect(try await claim(other, lane).isEmpty)
                    return held
                }
                #expect(held.count == 3)
                let dead = try await gone(other)
                #expect(try await claim(other, lane).isEmpty)
                #expect(try await other.takeBack(from: dead) == 3)
                try await expectNobodyGone(to: other)
                let again = try await claim(other, lane)
                #expect(Set(again.map(\.lease.id)) == Set(held.map(\.lease.id)))
                // What kills its courier is found out.
                #expect(again.allSatisfy { $0.attempt == 2 && $0.lostAttempts == 1 })
                let stale = try #require(held.first)
                let verdicts: [DeliveryVerdict] = [.delivered, .retry(after: 0, blamesEndpoint: true), .bury(reason: "x", disablesEndpoint: true)]
                for verdict in verdicts { #expect(try await other.settle(stale, verdict, record: record)?.isWritten == false) }
                #expect(try await other.extend([stale.lease], of: desk.tenant).isEmpty)
                #expect(try await desk.rowCount == 3)
                #expect(try await desk.attemptCount == 0)
            }
        }
    }

    @Test("Only what it held: neither what is planned for later, nor what others hold")
    func nothingElse() async throws {
        try await with { desk in
            let lane = try await desk.addEndpoint()
            try await desk.addRows(3, to: lane)
            try await courier(of: desk) { other in
                try await courier(of: desk) { first in
                    let held = try await claim(first, lane, room: 2)
                    let planned = try #require(held.first)
                    #expect(try await first.settle(planned, .retry(after: 5_000_000, blamesEndpoint: true), record: record)?.isWritten == true)
                }
                #expect(try await claim(other, lane).count == 1)
                #expect(try await other.takeBack(from: try await gone(other)) == 1)
                #expect(try await claim(other, lane).count == 1)
                #expect(try await claim(other, lane).isEmpty)
            }
        }
    }

    @Test("It keeps its place before what became due after it was claimed")
    func place() async throws {
        try await with { desk in
            let lane = try await desk.addEndpoint()
            try await desk.addRows(1, to: lane)
            try await courier(of: desk) { other in
                let held = try await courier(of: desk) { try await claim($0, lane) }
                try await desk.database.advanceClock(by: 2)
                try await desk.addRows(1, to: lane)
                try await desk.database.advanceClock(by: 2)
                #expect(try await other.takeBack(from: try await gone(other)) == 1)
                #expect(try await claim(other, lane, room: 1).map(\.lease.id) == held.map(\.lease.id))
            }
        }
    }

    @Test("A courier is there while a session of it works on a claim, though it shows itself no more: what that claims is found")
    func lateClaim() async throws {
        try await with { desk in
            let lane = try await desk.addEndpoint()
            try await desk.addRows(1, to: lane)
            let holder = DeliveryHolder.random()
            try await courier(of: desk) { other in
                try await courier(of: desk) { first in
                    _ = try await Deliveries(database: first.database, holder: holder).showLife(eager)
                }
                let isGone = try await eventually { try await other.showLife(eager).contains(holder) }
                #expect(isGone)
                try await desk.database.withClient(role: "docket_courier") { client in
                    let database = Database(client: client)
                    let rooms = [LaneRoom(lane, room: 1)]
                    let claim = ClaimDeliveries(tenant: desk.tenant, rooms: rooms, limit: 1, takesSuspect: false, holder: holder)
                    var first = TenantUnit(desk.tenant)
                    first.add(claim)
                    try await database.transaction(first) { _, _ in
                        let missed = try await other.showLife(eager)
                        #expect(!missed.contains(holder))
                    }
                }
                #expect(try await other.showLife(eager).contains(holder))
                #expect(try await other.takeBack(from: holder) == 1)
            }
        }
    }

    @Test("One that was only cut off shows itself again; what it does not know of it gives back, and keeps the rest")
    func backAgain() async throws {
        try await with { desk in
            let lane = try await desk.addEndpoint()
            try await desk.addRows(4, to: lane)
            try await courier(of: desk) { other in
                let cutOff = try await courier(of: desk) { $0.holder }
                #expect(try await gone(other) == cutOff)
                try await desk.database.withClient(role: "docket_courier") { client in
                    let back = Deliveries(database: Database(client: client), holder: cutOff)
                    _ = try await back.showLife(eager)
                    try await expectNobodyGone(to: other)
                    let held = try await claim(back, lane)
                    #expect(try await back.releaseUnknown(except: Set(held.prefix(3).map(\.lease))) == 1)
                    #expect(try await claim(other, lane).map(\.lease.id) == [held[3].lease.id])
                    #expect(try await desk.value("SELECT attempts FROM docket.outbox WHERE id = '\(held[3].lease.id)'") == "1")
                }
            }
        }
    }

    @Test("Looks are counted by all couriers together: three that see it missing once each are enough")
    func countedTogether() async throws {
        try await with { desk in
            let dead = try await courier(of: desk) { $0.holder }
            // Each of them ends, too, before it could have looked twice; its sessions may take a moment to end.
            for expected in 1...3 {
                try await courier(of: desk) { next in
                    let isCounted = try await eventually {
                        let isGone = try await next.showLife(CourierLook(spacing: .seconds(expected == 1 ? 3_600 : 0))).contains(dead)
                        #expect(isGone == (expected == 3))
                        return try await looks(at: dead, desk) == expected
                    }
                    #expect(isCounted)
                }
            }
        }
    }

    @Test("However many couriers look, a look counts only when some time has passed since the one before")
    func spaced() async throws {
        try await with { desk in
            let dead = try await courier(of: desk) { $0.holder }
            try await courier(of: desk) { one in
                try await courier(of: desk) { two in
                    let hourly = CourierLook(spacing: .seconds(3_600))
                    let isMissed = try await eventually {
                        _ = try await one.showLife(hourly)
                        return try await looks(at: dead, desk) == 1
                    }
                    #expect(isMissed)
                    for courier in [one, two, one, two] { #expect(try await courier.showLife(hourly) == []) }
                    #expect(try await looks(at: dead, desk) == 1)
                    // Each counts once the time is over, whoever looked before.
                    try await desk.database.sql("UPDATE docket.courier SET missed_at = missed_at - interval '2 hours'")
                    #expect(try await two.showLife(hourly) == [])
                    #expect(try await looks(at: dead, desk) == 2)
                    try await desk.database.sql("UPDATE docket.courier SET missed_at = missed_at - interval '2 hours'")
                    #expect(try await one.showLife(hourly) == [dead])
                }
            }
        }
    }

    @Test("Who shows itself again was missed by nobody")
    func countBegunAnew() async throws {
        try await with { desk in
            try await courier(of: desk) { other in
                let cutOff = try await courier(of: desk) { $0.holder }
                let isMissed = try await eventually {
                    _ = try await other.showLife(eager)
                    return try await looks(at: cutOff, desk) > 0
                }
                #expect(isMissed)
                try await desk.database.withClient(role: "docket_courier") { client in
                    _ = try await Deliveries(database: Database(client: client), holder: cutOff).showLife(nil)
                    #expect(try await looks(at: cutOff, desk) == 0)
                }
            }
        }
    }

    private func looks(at courier: DeliveryHolder, _ desk: OutboxDesk) async throws -> Int {
        Int(try await desk.value("SELECT missed_looks FROM docket.courier WHERE number = \(courier.number)") ?? "") ?? -1
    }

    @Test("Finding what a courier held reads a short stretch of one index, however much waits")
    func plan() async throws {
        try await TestDatabase.with { database in
            let tenant = try await TestTenant.make(in: database)
            try await database.sql(
                """
                SET session_replication_role = replica;
                INSERT INTO docket.outbox (tenant_id, id, kind, payload, created_at, next_attempt_at, held_by)
                    SELECT '\(tenant.id)', gen_random_uuid(), 'mail', '{}', now(),
                        now() + CASE WHEN n <= 50000 THEN -n WHEN n <= 60000 THEN n - 50000 ELSE 25 END * interval '1 s', CASE WHEN n > 60000 THEN 7 END
                    FROM generate_series(1, 60100) n;
                """
            )
            // The second look finds marks where the first had to see whether rows are there.
            let leases = "SELECT count(*) FROM docket.leases_held(7, now(), now() + interval '30 s', 1000)"
            let plan = try await database.sql("SET ROLE docket_courier; \(leases); EXPLAIN (ANALYZE, BUFFERS, TIMING OFF, COSTS OFF) \(leases)")
                .compactMap(\.first)
            #expect(plan.contains { $0.contains("rows=") })
            let buffers = try #require(plan.first { $0.contains("Buffers: shared hit=") }?.firstMatch(of: /hit=(\d+)/), "\(plan)")
            #expect(try #require(Int(buffers.1)) < 300, "\(plan)")
        }
    }
}
