/// Which units carry their wake-ups in their own commit, one process's part of it. Pure; times in nanoseconds.
///
/// The server commits all that carry any one after the other, those of other processes too (queues.md 2.1). Two at a time are quick on a server that is: where
/// one was slow, because many wait for each other or for a distant replica, none carries any for a while.
struct WakeUpCarriers {
    static let maximum = 2
    static let slow: Int64 = 10_000_000
    static let pause: Int64 = 1_000_000_000

    private var count = 0
    private var restsUntil = Int64.min

    /// Whether a unit may carry some; ``release(startedAt:at:)`` follows then.
    mutating func take(at now: Int64) -> Bool {
        guard count < Self.maximum, now >= restsUntil else { return false }
        count += 1
        return true
    }

    /// The unit is over.
    mutating func release(startedAt start: Int64, at now: Int64) {
        count -= 1
        if now - start > Self.slow { restsUntil = now + Self.pause }
    }
}
