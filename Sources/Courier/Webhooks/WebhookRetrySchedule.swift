/// When a failed delivery is tried again (api.md 7): 0, 5 s, 5 min, 30 min, 2 h, 5 h, 10 h, 14 h, 20 h, 24 h; each ±20 %.
public enum WebhookRetrySchedule {
    /// The waits before each attempt, in seconds.
    public static let waits: [Int64] = [0, 5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400]

    /// How many attempts there are in all.
    public static var maximumAttempts: Int { waits.count }

    /// The wait after an attempt, in microseconds, or nil after the last one.
    ///
    /// - Parameters:
    ///   - attempts: how many attempts have been made; 0 gives the wait before the first.
    ///   - jitter: a uniform random number from 0 to 1; 0.5 gives the schedule itself.
    ///   - retryAfter: what the receiver asked for, in seconds; it can only make the wait longer.
    public static func wait(afterAttempts attempts: Int, jitter: Double, retryAfter: Int64? = nil) -> Int64? {
        guard waits.indices.contains(attempts) else { return nil }
        let factor = 0.8 + 0.4 * min(max(jitter, 0), 1)
        let scheduled = Int64((Double(waits[attempts]) * 1_000_000 * factor).rounded())
        let asked = min(max(retryAfter ?? 0, 0), RetryAfter.maximumSeconds) * 1_000_000
        return max(scheduled, asked)
    }
}
