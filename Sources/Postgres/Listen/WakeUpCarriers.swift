/// Which units carry their wake-ups in their own commit, one process's part of it. Pure; times in nanoseconds.
///
/// The server commits all that carry any one after the other, those of other processes too (queues.md 2.1). Two at a time are quick on a server that is: while
/// one is slow, because many wait for each other or for a distant replica, and for a while after it, none carries any.
struct WakeUpCarriers {
    static let maximum = 2
    static let slow: Int64 = 10_000_000
    static let pause: Int64 = 1_000_000_000

    /// When those under way began.
    private var starts: [Int64] = []
    private var restsUntil = Int64.min

    /// Whether a unit may carry some; ``release(startedAt:at:)`` follows then, with the same time.
    mutating func take(at now: Int64) -> Bool {
        guard starts.count < Self.maximum, now >= restsUntil, starts.allSatisfy({ now - $0 <= Self.slow }) else { return false }
        starts.append(now)
        return true
    }

    /// The unit is over.
    mutating func release(startedAt start: Int64, at now: Int64) {
        if let place = starts.firstIndex(of: start) { starts.remove(at: place) }
        if now - start > Self.slow { restsUntil = now + Self.pause }
    }
}
