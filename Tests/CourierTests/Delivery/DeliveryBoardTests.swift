import Domain
import Store
import Testing

@testable import Courier

/// How much a courier takes, of whom.
@Suite struct DeliveryBoardTests {
    private let tenant = TenantID(high: 1, low: 1)
    private let now = ContinuousClock.now

    private func lanes(_ count: UInt64, of tenant: UInt64 = 1, isBehind: Bool = false) -> [DueLane] {
        (0..<count).map { place in
            let endpoint = WebhookEndpointID(high: 2, low: place)
            return DueLane(DeliveryLane(tenant: TenantID(high: tenant, low: 1), endpoint: endpoint), isBehind: isBehind)
        }
    }

    private func board(_ change: (inout CourierConfiguration) -> Void = { _ in }) -> DeliveryBoard {
        var configuration = CourierConfiguration()
        change(&configuration)
        return DeliveryBoard(configuration: configuration)
    }

    /// Starts an attempt of a lane; `row` tells attempts apart.
    private func begin(_ board: inout DeliveryBoard, _ lane: DeliveryLane, row: UInt64, token: Int64 = 1) -> DeliveryLease {
        let lease = DeliveryLease(id: OutboxMessageID(high: 3, low: row), token: token)
        board.start(lease, on: lane, isSuspect: false, at: now)
        return lease
    }

    @Test func receiversThatHaveNotProvedThemselvesGetHalfAtMost() throws {
        var board = board()
        for number in 1...8 as ClosedRange<UInt64> {
            let lanes = lanes(1_000, of: number)
            guard let allowance = board.allowance(for: lanes[0].lane.tenant, lanes: lanes, share: 100, at: now) else {
                #expect(number == 5)
                break
            }
            // Half of what the tenant may have.
            #expect(allowance.rooms.count == 32 && allowance.rooms.allSatisfy { $0.room == 1 })
            for (place, room) in allowance.rooms.enumerated() {
                _ = begin(&board, room.lane, row: number << 32 | UInt64(place))
            }
        }
        #expect(board.runningCount == 128)
    }

    /// Those that hang, one way or another, keep nobody from proving himself.
    @Test(arguments: [EndpointGate.Feedback.failure, .lateSuccess]) func troubleGetsAQuarterAtMost(_ feedback: EndpointGate.Feedback) throws {
        var board = board()
        var row: UInt64 = 0
        for number in 1...8 as ClosedRange<UInt64> {
            let lanes = lanes(40, of: number)
            for due in lanes {
                let lease = begin(&board, due.lane, row: row)
                row += 1
                _ = board.finish(lease, feedback, at: now, jitter: 1)
            }
        }
        for number in 1...8 as ClosedRange<UInt64> {
            let lanes = lanes(40, of: number)
            let allowance = board.allowance(for: lanes[0].lane.tenant, lanes: lanes, share: 100, at: now)
            #expect((allowance == nil) == (number > 4))
            for room in allowance?.rooms ?? [] {
                for _ in 0..<room.room {
                    _ = begin(&board, room.lane, row: row)
                    row += 1
                }
            }
        }
        #expect(board.runningCount == 64)
        let fresh = lanes(1, of: 9)
        #expect(try #require(board.allowance(for: fresh[0].lane.tenant, lanes: fresh, share: 100, at: now)).rooms.count == 1)
    }

    @Test func aTenantGetsItsShareAndNoMoreThanItsLimit() throws {
        #expect(try #require(board().allowance(for: tenant, lanes: lanes(10), share: 3, at: now)).limit == 3)
        #expect(try #require(board().allowance(for: tenant, lanes: lanes(10), share: 100, at: now)).limit == 64)
        #expect(board { $0.concurrency = 0 }.allowance(for: tenant, lanes: lanes(10), share: 100, at: now) == nil)
    }

    /// A tenant's endpoints with a flood do not hide the one without.
    @Test func lanesOfWhichLeastIsUnderWayComeFirst() throws {
        var board = board()
        let lanes = lanes(20)
        for (place, due) in lanes.dropLast().enumerated() {
            let lease = begin(&board, due.lane, row: UInt64(place))
            _ = board.finish(lease, .success, at: now, jitter: 1)
            _ = begin(&board, due.lane, row: 100 + UInt64(place))
        }
        let allowance = try #require(board.allowance(for: tenant, lanes: lanes, share: 1, at: now))
        #expect(allowance.limit == 1 && allowance.rooms.first?.lane == lanes.last?.lane)
    }

    @Test func oneInFourIsForTheNewestWhereThereIsABacklog() throws {
        for isBehind in [true, false] {
            var board = board()
            let lanes = lanes(1, isBehind: isBehind)
            var newest = 0
            for row in 0..<100 as Range<UInt64> {
                // Widening, and narrowed by its tenant's share: the count goes by what was started.
                let allowance = try #require(board.allowance(for: tenant, lanes: lanes, share: row.isMultiple(of: 3) ? 1 : 100, at: now))
                let room = try #require(allowance.rooms.first)
                newest += room.newest
                var started: [DeliveryLease] = []
                for number in 0..<UInt64(min(room.room, allowance.limit)) {
                    started.append(begin(&board, room.lane, row: row << 8 | number))
                }
                for lease in started { _ = board.finish(lease, .success, at: now, jitter: 1) }
            }
            // 1, 2 and then 4 at a time, and each third time but one: 296.
            #expect(newest == (isBehind ? 296 / 4 : 0))
        }
    }

    /// A lease that ran out while its attempt was being written down: the row is under way twice, and both end.
    @Test func aRowThatIsClaimedAgainIsCountedTwiceAndForgottenTwice() throws {
        var board = board()
        let lane = lanes(1)[0].lane
        let stale = begin(&board, lane, row: 1)
        let again = begin(&board, lane, row: 1, token: 2)
        #expect(board.runningCount == 2)
        _ = board.finish(stale, .success, at: now, jitter: 1)
        _ = board.finish(again, .success, at: now, jitter: 1)
        #expect(board.runningCount == 0)
        let allowance = try #require(board.allowance(for: tenant, lanes: lanes(1), share: 100, at: now))
        #expect(allowance.limit == 64 && allowance.rooms.first?.room == 4)
    }

    @Test func mailGoesThroughTheServersGateToo() throws {
        let mail = DueLane(DeliveryLane(tenant: tenant, endpoint: nil))
        #expect(try #require(board().allowance(for: tenant, lanes: [mail], share: 100, at: now)).rooms.map(\.room) == [4])
        let narrow = board { $0.mailConcurrency = 2 }
        #expect(try #require(narrow.allowance(for: tenant, lanes: [mail], share: 100, at: now)).rooms.map(\.room) == [2])
    }
}
