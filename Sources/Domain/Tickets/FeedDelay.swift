/// For how long the change feed has been waiting, told from readings of its horizon: transactions' numbers know no times.
///
/// A transaction is open since before a reading that had come past its number. So what is told is too low by the time between two readings at most, and begins
/// with the first of them.
public struct FeedDelay: Sendable {
    private struct Reading {
        let next: Int64
        let time: ContinuousClock.Instant
    }

    /// Those that had come past the oldest transaction which is open now; ascending.
    private var readings: [Reading] = []
    private let limit: Int

    /// - Parameter limit: how many readings are kept; beyond it every other one is forgotten, so that what is told may be lower by as much, but once the first
    ///   wait is over only.
    public init(limit: Int = 1_000) {
        self.limit = limit
    }

    /// Takes a reading.
    ///
    /// - Returns: for how long, at least, the oldest transaction has been open that the feed waits for; zero where it waits for none.
    public mutating func note(_ horizon: FeedHorizon, at time: ContinuousClock.Instant) -> Duration {
        // Numbers that went back are another server's, as after a restore from a dump: what was read before says nothing of it.
        readings.removeAll { $0.next <= horizon.oldest || $0.next > horizon.next }
        if horizon.next > horizon.oldest {
            if readings.count >= limit { readings = stride(from: 0, to: readings.count, by: 2).map { readings[$0] } }
            readings.append(Reading(next: horizon.next, time: time))
        }
        return readings.first.map { $0.time.duration(to: time) } ?? .zero
    }
}
