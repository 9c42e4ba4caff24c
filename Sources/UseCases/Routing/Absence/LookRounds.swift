import Domain
import Store
import Synchronization

/// How far somebody who looks again and again has come among tickets of which a look takes some only: the next look goes on there, so that what stays hides nothing behind
/// it. Each process remembers by itself; what is forgotten is begun anew.
final class LookRounds<Thing: Hashable & Sendable>: Sendable {
    /// One way through the tickets, over as many looks as it takes.
    struct Round {
        /// The last ticket that was looked at; nil: none.
        var last: TicketPosition?
        /// How many could not be changed.
        var failed = 0
        /// Whether nothing could still come in behind it when it began: then it is the last that is needed.
        let isFinal: Bool
    }

    /// How many are remembered at most.
    static var limit: Int { 10_000 }

    private let rounds = Mutex<[Thing: Round]>([:])

    /// The round that was left, or a new one.
    func current(of thing: Thing, isFinal: Bool) -> Round {
        rounds.withLock { $0[thing] } ?? Round(isFinal: isFinal)
    }

    /// Notes how far a round has come that is not over.
    func leave(_ round: Round, of thing: Thing) {
        rounds.withLock { rounds in
            if rounds.count >= Self.limit, rounds[thing] == nil { rounds = [:] }
            rounds[thing] = round
        }
    }

    func end(_ thing: Thing) {
        rounds.withLock { $0[thing] = nil }
    }
}
