import Domain
import Testing

@testable import Dispatcher

/// Routing.md H with several dispatchers, which know of each other only that they meet at lanes.
@Suite struct SharedTurnsTests {
    @Test("What each plan's weight gets is right, also where dispatchers meet at lanes", arguments: [1, 2, 4], [1, 2, 3])
    func weightsAreHonoured(dispatchers: Int, turns: Int) {
        let bound = dispatchers * turns < 10 ? 0.02 : 0.08
        let weights = (0..<30).map { [1, 2, 4][$0 % 3] }
        var desk = SimulatedDispatchers(dispatchers: dispatchers, turns: turns, weights: weights)
        desk.run(until: 60_000_000)
        let total = desk.served.reduce(0, +)
        for weight in [1, 2, 4] {
            let served = zip(weights, desk.served).filter { $0.0 == weight }.map(\.1).reduce(0, +)
            let share = Double(served) / Double(total) * 7 / Double(weight)
            #expect(abs(share - 1) < bound, "weight \(weight) got \(share) of its share")
        }
        #expect(dispatchers == 1 || desk.meetings > 200)
    }
}
