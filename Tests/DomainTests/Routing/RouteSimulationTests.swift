import Testing

@testable import Domain

@Suite struct RouteSimulationTests {
    @Test func theSameSeedsGiveTheSameReport() throws {
        let simulation = try #require(RouteSimulation(load: 0.85, seeds: 2, tickets: 1_500))
        let report = simulation.run()
        #expect(report == simulation.run())
        #expect(Set(report.rules.keys) == ["balanced", "random", "round_robin", "fewest_open"])
        for outcome in report.rules.values {
            #expect(outcome.waitMeanSeconds <= outcome.waitMaxSeconds && outcome.waitP95Seconds <= outcome.waitMaxSeconds)
            #expect((0...1).contains(outcome.jain) && (0...1).contains(outcome.skillMatch))
        }
    }

    @Test func balancedWaitsLessThanRandom() throws {
        let report = try #require(RouteSimulation(load: 0.85, seeds: 4, tickets: 6_000)).run()
        let balanced = try #require(report.rules["balanced"])
        let random = try #require(report.rules["random"])
        #expect(balanced.waitMeanSeconds < random.waitMeanSeconds)
        #expect(balanced.skillMatch > random.skillMatch)
    }

    @Test func everyTicketIsServedAndAtLowLoadAtOnce() throws {
        let arrivals = SimulatedDesk.arrivals(count: 1_000, load: 0.05, seed: 3)
        for rule in RouteSimulationRule.allCases {
            var desk = SimulatedDesk(rule: rule, seed: 3)
            desk.play(arrivals)
            #expect(desk.waits.count == 1_000)
            // The rules that look at loads do not queue a ticket behind another while somebody suitable is idle.
            if rule == .balanced || rule == .fewestOpen { #expect(desk.waits.filter { $0 == 0 }.count > 990) }
        }
    }

    @Test(arguments: [(0.0, 1, 1), (1.0, 1, 1), (.nan, 1, 1), (0.5, 0, 1), (0.5, 1, 0), (0.5, 1_001, 1), (0.5, 1, 1_000_001)])
    func argumentsAreBounded(load: Double, seeds: Int, tickets: Int) {
        #expect(RouteSimulation(load: load, seeds: seeds, tickets: tickets) == nil)
    }

    @Test func exponentialNumbersHaveMeanAndVarianceOne() {
        var generator = SplitMix64(seed: 11)
        let numbers = (0..<200_000).map { _ in generator.exponential() }
        let mean = numbers.reduce(0, +) / 200_000
        #expect(abs(mean - 1) < 0.01)
        #expect(abs(numbers.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 200_000 - 1) < 0.03)
    }
}
