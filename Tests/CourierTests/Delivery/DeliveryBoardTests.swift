import Domain
import Store
import Testing

@testable import Courier

/// How much a courier takes, of whom.
@Suite struct DeliveryBoardTests {
    private let tenant = TenantID(high: 1, low: 1)

    private func lanes(_ count: UInt64) -> [DeliveryLane] {
        (0..<count).map { DeliveryLane(tenant: tenant, endpoint: WebhookEndpointID(high: 2, low: $0)) }
    }

    private func board(_ change: (inout CourierConfiguration) -> Void = { _ in }) -> DeliveryBoard {
        var configuration = CourierConfiguration()
        change(&configuration)
        return DeliveryBoard(configuration: configuration)
    }

    @Test func receiversThatHaveNotProvedThemselvesGetHalfAtMost() throws {
        let allowance = try #require(board().allowance(for: tenant, lanes: lanes(1_000), share: 100, at: .now))
        #expect(allowance.rooms.count == 128)
        #expect(allowance.rooms.allSatisfy { $0.room == 1 })
    }

    @Test func aTenantGetsItsShareAndNoMoreThanItsLimit() throws {
        #expect(try #require(board().allowance(for: tenant, lanes: lanes(10), share: 3, at: .now)).limit == 3)
        #expect(try #require(board().allowance(for: tenant, lanes: lanes(10), share: 100, at: .now)).limit == 64)
        #expect(board { $0.concurrency = 0 }.allowance(for: tenant, lanes: lanes(10), share: 100, at: .now) == nil)
    }

    @Test func mailGoesThroughTheServersGateToo() throws {
        let mail = DeliveryLane(tenant: tenant, endpoint: nil)
        #expect(try #require(board().allowance(for: tenant, lanes: [mail], share: 100, at: .now)).rooms.map(\.room) == [4])
        let narrow = board { $0.mailConcurrency = 2 }
        #expect(try #require(narrow.allowance(for: tenant, lanes: [mail], share: 100, at: .now)).rooms.map(\.room) == [2])
    }

    @Test func aPageIsServedTenantByTenant() {
        let other = DeliveryLane(tenant: TenantID(high: 9, low: 9), endpoint: nil)
        let turns = DeliveryRound.byTenant(lanes(2) + [other])
        #expect(turns.map(\.tenant) == [tenant, other.tenant])
        #expect(turns.map(\.lanes.count) == [2, 1])
    }
}
