import Domain
import Store
import Testing

@testable import Courier

/// The order in which tenants are served.
@Suite struct DeliveryRoundTests {
    private func lane(_ tenant: UInt64, _ endpoint: UInt64 = 1) -> DueLane {
        DueLane(DeliveryLane(tenant: TenantID(high: tenant, low: 1), endpoint: WebhookEndpointID(high: 2, low: endpoint)))
    }

    private func numbers(_ turns: [DeliveryRound.Turn]) -> [UInt64] { turns.map(\.tenant.high) }

    @Test func aPageIsServedTenantByTenant() {
        let turns = DeliveryRound.byTenant([lane(1, 1), lane(1, 2), lane(9)])
        #expect(numbers(turns) == [1, 9])
        #expect(turns.map(\.lanes.count) == [2, 1])
    }

    @Test func itBeginsBehindTheTenantThatWasGivenSomethingLast() {
        var round = DeliveryRound()
        let lanes = [lane(1), lane(2, 1), lane(2, 2), lane(3)]
        #expect(numbers(round.turns(of: lanes, from: nil, hasMore: false)) == [1, 2, 3])
        for (last, next) in [(1, [2, 3, 1]), (2, [3, 1, 2]), (3, [1, 2, 3])] as [(UInt64, [UInt64])] {
            for turn in DeliveryRound.byTenant(lanes) where turn.tenant.high == last { round.gave(to: turn) }
            #expect(round.start == nil)
            #expect(numbers(round.turns(of: lanes, from: nil, hasMore: false)) == next)
        }
    }

    @Test func whereThereIsMoreThanAPageTheNextLookBeginsThere() {
        var round = DeliveryRound()
        let turns = round.turns(of: [lane(1), lane(2)], from: nil, hasMore: true)
        round.gave(to: turns[1])
        #expect(round.start == lane(2).lane)
        // A later page is in its order, and says nothing about all of them.
        #expect(numbers(round.turns(of: [lane(3), lane(4)], from: lane(2).lane, hasMore: false)) == [3, 4])
        #expect(round.start == lane(2).lane)
        // The rest has become short enough again.
        #expect(numbers(round.turns(of: [lane(1), lane(2), lane(3)], from: nil, hasMore: false)) == [3, 1, 2])
        #expect(round.start == nil)
    }
}
