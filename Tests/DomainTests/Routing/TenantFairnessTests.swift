import Testing

@testable import Domain

/// What operators see of the fairness between tenants, by instants that the tests make.
@Suite struct TenantFairnessTests {
    let start = ContinuousClock().now
    let tenants = (0..<3).map { TenantID(high: 9, low: UInt64($0)) }

    func at(_ milliseconds: Int) -> ContinuousClock.Instant { start.advanced(by: .milliseconds(milliseconds)) }

    /// Turns of a tenant that always has more: one every `period` milliseconds, each 10 ms long.
    func turns(of tenant: TenantID, spending spent: Int, every period: Int, until end: Int, weight: Int = 1, in fairness: inout TenantFairness) {
        fairness.found(tenant, weight: weight, at: at(0))
        for time in stride(from: period, through: end, by: period) {
            fairness.began(tenant, at: at(time - 10))
            fairness.ended(tenant, spent: spent, hasMore: true, at: at(time))
        }
    }

    @Test func equalSharesAreFair() {
        var fairness = TenantFairness(at: start)
        for tenant in tenants { turns(of: tenant, spending: 50, every: 100, until: 5_000, in: &fairness) }
        let summary = fairness.summary(at: at(5_000))
        #expect(abs(summary.index - 1) < 0.000_1 && summary.tenants == 3)
        #expect(summary.longestWait == .milliseconds(90))
    }

    @Test("Twice the weight for twice the work is fair; the same work for twice the weight is not")
    func weights() {
        for (spent, expected) in [(100, 1.0), (50, 0.9)] {
            var fairness = TenantFairness(at: start)
            turns(of: tenants[0], spending: 50, every: 100, until: 5_000, in: &fairness)
            turns(of: tenants[1], spending: spent, every: 100, until: 5_000, weight: 2, in: &fairness)
            let summary = fairness.summary(at: at(5_000))
            #expect(abs(summary.index - expected) < 0.000_1)
        }
    }

    @Test("A tenant that gets no further turn counts once it has waited for ten seconds, and its wait is told at once")
    func starving() {
        var fairness = TenantFairness(at: start)
        turns(of: tenants[0], spending: 50, every: 100, until: 12_000, in: &fairness)
        turns(of: tenants[1], spending: 50, every: 100, until: 100, in: &fairness)
        var early = fairness
        let before = early.summary(at: at(9_000))
        #expect(before.tenants == 1 && before.index == 1 && before.longestWait == .milliseconds(8_900))
        let after = fairness.summary(at: at(12_000))
        #expect(after.tenants == 2 && abs(after.index - 0.5) < 0.000_1 && after.longestWait == .milliseconds(11_900))
    }

    @Test("Work that runs out says nothing about fairness; what is over is forgotten within a minute")
    func forgetting() {
        var fairness = TenantFairness(at: start)
        turns(of: tenants[0], spending: 50, every: 100, until: 1_000, in: &fairness)
        fairness.found(tenants[1], weight: 1, at: at(0))
        fairness.began(tenants[1], at: at(2_000))
        fairness.found(tenants[1], weight: 1, at: at(2_005))
        fairness.ended(tenants[1], spent: 1, hasMore: false, at: at(2_010))
        fairness.began(tenants[1], at: at(2_050))
        fairness.ended(tenants[1], spent: 1, hasMore: false, at: at(2_060))
        fairness.began(tenants[0], at: at(2_100))
        fairness.ended(tenants[0], spent: 1, hasMore: false, at: at(2_110))
        let summary = fairness.summary(at: at(2_200))
        #expect(summary.tenants == 1 && summary.index == 1 && summary.longestWait == .milliseconds(2_000))
        let (soon, later) = (fairness.summary(at: at(35_000)), fairness.summary(at: at(70_000)))
        #expect(soon.longestWait == .milliseconds(2_000))
        #expect(later == TenantFairness.Summary(index: 1, tenants: 0, longestWait: .zero))
    }

    @Test func theIndexOfOneThatGetsEverythingIsOneNth() {
        #expect(TenantFairness.index([5, 0, 0, 0]) == 0.25)
        #expect(TenantFairness.index([]) == 1 && TenantFairness.index([3]) == 1 && TenantFairness.index([0, 0]) == 1)
    }
}
