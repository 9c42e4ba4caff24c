import Synchronization

/// Lets what fails again and again be tried less and less often, for as long as it does, by somebody who looks again and again: after its second failure one look is
/// left out, then three, seven and so on, at most ``longest``. Counted in looks, so it asks for no clock; every look counts, also one that did not find it, where
/// more is to be found than a look takes. Each process remembers by itself.
final class FailedSights<Thing: Hashable & Sendable>: Sendable {
    /// With a look a second about a minute: so long waits at most who can be helped again.
    static var longest: Int { 63 }

    private struct Rest {
        /// How many looks leave it out after this failure.
        let length: Int
        /// The last of them.
        let end: Int
    }

    private struct State {
        var looks = 0
        var resting: [Thing: Rest] = [:]
    }

    private let state = Mutex(State())

    /// Begins a look: those of what is found whose turn it is.
    ///
    /// - Parameter isAll: whether there are no others: then what is found no more is forgotten.
    func due(among found: [Thing], isAll: Bool) -> [Thing] {
        state.withLock { state in
            state.looks += 1
            if isAll {
                let found = Set(found)
                state.resting = state.resting.filter { found.contains($0.key) }
            }
            return found.filter { thing in state.resting[thing].map { $0.end < state.looks } ?? true }
        }
    }

    /// Notes what became of one of them.
    func note(_ thing: Thing, isDone: Bool) {
        state.withLock { state in
            guard !isDone else { return state.resting[thing] = nil }
            let length = state.resting[thing].map { min(Self.longest, 2 * $0.length + 1) } ?? 0
            state.resting[thing] = Rest(length: length, end: state.looks + length)
        }
    }
}
