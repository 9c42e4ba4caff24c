import Testing

@testable import Domain

@Suite struct DeficitRoundRobinTests {
    static func tenant(_ number: UInt64) -> TenantID { TenantID(high: 0, low: number) }

    /// Plays turns until so many tickets are spent, every tenant having more than it may spend.
    static func spend(_ total: Int, _ scheduler: inout DeficitRoundRobin) -> [TenantID: Int] {
        var spent: [TenantID: Int] = [:]
        while spent.values.reduce(0, +) < total, let turn = scheduler.next() {
            spent[turn.tenant, default: 0] += turn.allowance
            scheduler.finish(turn.tenant, spent: turn.allowance, hasMore: true)
        }
        return spent
    }

    @Test func weightsAreHonoured() {
        var scheduler = DeficitRoundRobin()
        for (number, weight) in [(UInt64(1), 1), (2, 2), (3, 7), (4, 20)] { scheduler.activate(Self.tenant(number), weight: weight) }
        let spent = Self.spend(150_000, &scheduler)
        for (number, weight) in [(UInt64(1), 1), (2, 2), (3, 7), (4, 20)] {
            let share = Double(spent[Self.tenant(number), default: 0]) / Double(spent.values.reduce(0, +))
            #expect(abs(share / (Double(weight) / 30) - 1) < 0.05)
        }
    }

    @Test func aFloodingTenantDelaysAnotherByOneQuantumOnly() {
        var scheduler = DeficitRoundRobin()
        scheduler.activate(Self.tenant(1))
        #expect(scheduler.next() == .init(tenant: Self.tenant(1), allowance: 50))
        scheduler.activate(Self.tenant(2))
        scheduler.finish(Self.tenant(1), spent: 50, hasMore: true)
        #expect(scheduler.next() == .init(tenant: Self.tenant(2), allowance: 50))
    }

    @Test func allowanceStaysWithinABatch() {
        var scheduler = DeficitRoundRobin(batchLimit: 500)
        scheduler.activate(Self.tenant(1), weight: 13)
        scheduler.activate(Self.tenant(2))
        var turns: [Int] = []
        while let turn = scheduler.next(), turn.tenant == Self.tenant(1) {
            turns.append(turn.allowance)
            scheduler.finish(turn.tenant, spent: turn.allowance, hasMore: true)
        }
        #expect(turns == [500, 150])
    }

    @Test func anEmptiedTenantLosesItsCredit() {
        var scheduler = DeficitRoundRobin()
        scheduler.activate(Self.tenant(1))
        _ = scheduler.next()
        scheduler.finish(Self.tenant(1), spent: 3, hasMore: false)
        #expect(scheduler.isEmpty)
        #expect(scheduler.next() == nil)
        scheduler.activate(Self.tenant(1))
        #expect(scheduler.next()?.allowance == 50)
    }

    @Test func aTurnWithoutWorkEndsTheVisit() {
        var scheduler = DeficitRoundRobin()
        scheduler.activate(Self.tenant(1))
        scheduler.activate(Self.tenant(2))
        _ = scheduler.next()
        scheduler.finish(Self.tenant(1), spent: 0, hasMore: true)
        #expect(scheduler.next()?.tenant == Self.tenant(2))
    }

    @Test func aTenantOutOfTurnBooksNothing() {
        var scheduler = DeficitRoundRobin()
        scheduler.activate(Self.tenant(1))
        scheduler.activate(Self.tenant(2))
        _ = scheduler.next()
        scheduler.finish(Self.tenant(2), spent: 50, hasMore: false)
        #expect(scheduler.next() == .init(tenant: Self.tenant(1), allowance: 50))
    }

    @Test("Whoever owes is passed over until it is made up for, and not at all where nobody else waits")
    func debts() {
        var scheduler = DeficitRoundRobin()
        scheduler.activate(Self.tenant(1), weight: 2, owing: 250)
        scheduler.activate(Self.tenant(2))
        var order: [TenantID] = []
        for _ in 0..<5 {
            guard let turn = scheduler.next() else { break }
            order.append(turn.tenant)
            scheduler.finish(turn.tenant, spent: turn.allowance, hasMore: true)
        }
        // 100 a visit: the third brings 50.
        #expect(order.map(\.low) == [2, 2, 1, 2, 1])
        scheduler = DeficitRoundRobin()
        scheduler.activate(Self.tenant(1), owing: 100_000)
        #expect(scheduler.next()?.allowance == 50)
    }

    @Test func manyTurnsKeepTheOrder() {
        var scheduler = DeficitRoundRobin()
        for number in UInt64(0)..<100 { scheduler.activate(Self.tenant(number)) }
        var order: [UInt64] = []
        for _ in 0..<1_000 {
            guard let turn = scheduler.next() else { break }
            order.append(turn.tenant.low)
            scheduler.finish(turn.tenant, spent: 50, hasMore: true)
        }
        #expect(order == (0..<1_000).map { UInt64($0 % 100) })
    }
}
