import Synchronization

/// Lets what fails again and again be tried less and less often, for as long as it does, by somebody who looks again and again: after its second failure one look is
/// left out, then three, seven and so on, at most ``longest``. Counted in looks, so it asks for no clock. Each process remembers by itself.
final class FailedSights<Thing: Hashable & Sendable>: Sendable {
    static var longest: Int { 511 }

    private struct Rest {
        /// How many looks leave it out after this failure.
        var length: Int
        /// How many of them are to come.
        var left: Int
    }

    private let resting = Mutex<[Thing: Rest]>([:])

    /// Begins a look: those of what is found whose turn it is.
    ///
    /// - Parameter isAll: whether there are no others: then what is found no more is forgotten.
    func due(among found: [Thing], isAll: Bool) -> [Thing] {
        resting.withLock { resting in
            if isAll {
                let found = Set(found)
                resting = resting.filter { found.contains($0.key) }
            }
            return found.filter { thing in
                guard let rest = resting[thing], rest.left > 0 else { return true }
                resting[thing]?.left -= 1
                return false
            }
        }
    }

    /// Notes what became of one of them.
    func note(_ thing: Thing, isDone: Bool) {
        resting.withLock { resting in
            guard !isDone else { return resting[thing] = nil }
            let length = resting[thing].map { min(Self.longest, 2 * $0.length + 1) } ?? 0
            resting[thing] = Rest(length: length, left: length)
        }
    }
}
