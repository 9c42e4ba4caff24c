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

    @Test func anEmptiedTenantLosesItsCredit() {
        var scheduler = DeficitRoundRobin()
        scheduler.activate(Self.tenant(1))
        _ = scheduler.next()
        scheduler.finish(Self.tenant(1), spent: 3, hasMore: false)
        #expect(scheduler.isIdle)
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
        #expect(scheduler.runningCount == 1)
        #expect(scheduler.next() == .init(tenant: Self.tenant(2), allowance: 50))
    }

    @Test("Whoever owes is passed over until it is made up for, and not at all where nobody else waits")
    func debts() {
        var scheduler = DeficitRoundRobin()
        scheduler.activate(Self.tenant(1), weight: 2)
        scheduler.activate(Self.tenant(2))
        _ = scheduler.next()
        scheduler.finish(Self.tenant(1), spent: 350, hasMore: true)
        var turns: [DeficitRoundRobin.Turn] = []
        for _ in 0..<6 {
            guard let turn = scheduler.next() else { break }
            turns.append(turn)
            scheduler.finish(turn.tenant, spent: turn.allowance, hasMore: true)
        }
        // 100 a visit: the third brings 50.
        #expect(turns.map(\.tenant.low) == [2, 2, 2, 1, 2, 1])
        #expect(turns.map(\.allowance) == [50, 50, 50, 50, 50, 100])
        scheduler = DeficitRoundRobin()
        scheduler.activate(Self.tenant(1))
        _ = scheduler.next()
        scheduler.finish(Self.tenant(1), spent: 100_000, hasMore: true)
        #expect(scheduler.next()?.allowance == 50)
    }

    @Test("What a turn could not take up because it was cut short is its next one's, up to four visits")
    func turnsCutShort() {
        var scheduler = DeficitRoundRobin()
        scheduler.activate(Self.tenant(1))
        scheduler.activate(Self.tenant(2))
        var allowances: [Int] = []
        for _ in 0..<14 {
            guard let turn = scheduler.next() else { break }
            let isFirst = turn.tenant.low == 1
            if isFirst { allowances.append(turn.allowance) }
            scheduler.finish(turn.tenant, spent: isFirst ? 0 : turn.allowance, hasMore: true, isCutShort: isFirst)
        }
        #expect(allowances == [50, 100, 150, 200, 250, 250, 250])
    }

    @Test("What the round goes on by during a turn is a part of the next one's visit; one visit at most")
    func turnsBesideEachOther() {
        var scheduler = DeficitRoundRobin()
        for number in UInt64(1)...5 { scheduler.activate(Self.tenant(number), weight: number == 1 ? 4 : 1) }
        #expect(scheduler.next() == .init(tenant: Self.tenant(1), allowance: 200))
        #expect(scheduler.next()?.tenant.low == 2)
        scheduler.finish(Self.tenant(2), spent: 50, hasMore: true)
        #expect(scheduler.next()?.tenant.low == 3)
        // Behind 4, 5 and 2: two turns that began of a round of four.
        scheduler.finish(Self.tenant(1), spent: 200, hasMore: true)
        var turns: [DeficitRoundRobin.Turn] = []
        while let turn = scheduler.next() { turns.append(turn) }
        #expect(turns.map(\.tenant.low) == [4, 5, 2, 1])
        #expect(turns.last?.allowance == 300)
        // Behind others that come up again and again.
        for _ in 0..<10 {
            for number in UInt64(2)...5 { scheduler.finish(Self.tenant(number), spent: 50, hasMore: true) }
            for _ in 2...5 { _ = scheduler.next() }
        }
        for number in UInt64(2)...5 { scheduler.finish(Self.tenant(number), spent: 50, hasMore: true) }
        scheduler.finish(Self.tenant(1), spent: 300, hasMore: true)
        while let turn = scheduler.next() {
            if turn.tenant.low == 1 { #expect(turn.allowance == 400) }
        }
    }

    @Test("Who joins a round in which nobody waits has missed nothing")
    func noRoundNoCredit() {
        var scheduler = DeficitRoundRobin()
        scheduler.activate(Self.tenant(1))
        scheduler.activate(Self.tenant(2))
        _ = scheduler.next()
        _ = scheduler.next()
        for _ in 0..<10 {
            #expect(scheduler.next() == nil)
            scheduler.finish(Self.tenant(2), spent: 50, hasMore: true)
            #expect(scheduler.next() == .init(tenant: Self.tenant(2), allowance: 50))
        }
        scheduler.finish(Self.tenant(1), spent: 50, hasMore: true)
        #expect(scheduler.next() == .init(tenant: Self.tenant(1), allowance: 50))
    }

    @Test("Who was kept away by another dispatcher is credited with what he misses until he is back, up to four visits")
    func turnsCutShortMiss() {
        var scheduler = DeficitRoundRobin()
        for number in UInt64(1)...3 { scheduler.activate(Self.tenant(number)) }
        _ = scheduler.next()
        scheduler.finish(Self.tenant(1), spent: 50, hasMore: false, isCutShort: true)
        for number in [2, 3, 2] as [UInt64] {
            #expect(scheduler.next()?.tenant.low == number)
            scheduler.finish(Self.tenant(number), spent: 50, hasMore: true)
        }
        // Three turns of a round of three.
        scheduler.activate(Self.tenant(1))
        var turns: [DeficitRoundRobin.Turn] = []
        while let turn = scheduler.next() { turns.append(turn) }
        #expect(turns.map(\.allowance) == [50, 50, 100])
        for number in UInt64(2)...3 { scheduler.finish(Self.tenant(number), spent: 50, hasMore: true) }
        scheduler.finish(Self.tenant(1), spent: 0, hasMore: false, isCutShort: true)
        for _ in 0..<40 {
            guard let turn = scheduler.next() else { break }
            scheduler.finish(turn.tenant, spent: 50, hasMore: true)
        }
        scheduler.activate(Self.tenant(1))
        while let turn = scheduler.next() {
            if turn.tenant.low == 1 { #expect(turn.allowance == 250) }
        }
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
