import Synchronization

/// Tells what is found for the first time by somebody who looks again and again. Each process remembers by itself; one that begins anew sees everything anew.
final class FirstSights<Thing: Hashable & Sendable>: Sendable {
    private let known = Mutex<Set<Thing>>([])

    /// Those of what is found that were not noted. What is found no more is forgotten: should it come again, it is new.
    func new(among found: Set<Thing>) -> Set<Thing> {
        known.withLock { known in
            known.formIntersection(found)
            return found.subtracting(known)
        }
    }

    func note(_ things: [Thing]) {
        known.withLock { $0.formUnion(things) }
    }
}
