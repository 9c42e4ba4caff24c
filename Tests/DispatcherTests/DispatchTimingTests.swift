import Domain
import Testing

@testable import Dispatcher

@Suite struct DispatchTimingTests {
    private let start = ContinuousClock.now

    private func nothingFound(_ scope: RoutingDiscovery.Scope, untilNextStep: Int64? = nil) -> RoutingDiscovery {
        RoutingDiscovery(scope: scope, lanes: [], next: nil, untilNextStep: untilNextStep)
    }

    @Test func `A wake-up asks for signals, the first look, the poll and a step for everything`() {
        var timing = DispatchTiming(pollInterval: .seconds(1), at: start)
        #expect(timing.begin(at: start) == .all)
        timing.ended(nothingFound(.all, untilNextStep: 300_000), started: start, at: start)
        #expect(!timing.isDue(at: start))
        timing.wake()
        #expect(timing.isDue(at: start))
        #expect(timing.begin(at: start) == .signals)
        timing.ended(nothingFound(.signals), started: start, at: start)
        #expect(timing.next == start.advanced(by: .milliseconds(300)))
        #expect(timing.begin(at: start.advanced(by: .milliseconds(300))) == .all)
    }

    @Test func `A stream of wake-ups does not put the poll off`() {
        var timing = DispatchTiming(pollInterval: .seconds(1), at: start)
        #expect(timing.begin(at: start) == .all)
        timing.ended(nothingFound(.all), started: start, at: start)
        let scopes = (1...100).map { step in
            let now = start.advanced(by: .milliseconds(10 * step))
            timing.wake()
            let scope = timing.begin(at: now)
            timing.ended(nothingFound(scope), started: now, at: now)
            return scope
        }
        #expect(scopes.contains(.all))
        #expect(scopes.count { $0 == .all } <= 2)
    }
}
