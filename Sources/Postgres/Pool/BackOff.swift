/// When to try again what keeps failing: at once, then after jittered delays that double, up to a second.
///
/// The cap keeps the promise that a server is found again within two seconds (reliability.md 2, F4).
struct BackOff {
    private(set) var failures = 0
    private(set) var lastError: PostgresError?
    private(set) var notBefore: Int64 = 0

    func allows(_ now: Int64) -> Bool { now >= notBefore }

    mutating func succeeded() {
        self = BackOff()
    }

    /// `jitter` is from 0 to 1.
    mutating func failed(_ error: PostgresError, at now: Int64, jitter: Double) {
        failures += 1
        lastError = error
        let doubled: Int64 = 20_000_000 << Int64(min(failures, 6))
        let half = min(1_000_000_000, doubled) / 2
        notBefore = now + half + Int64(Double(half) * jitter)
    }
}
