/// How long an engine waits before it looks again where looking failed: 100 ms, doubled with each failure up to a second, less up to half of it, so that
/// engines that failed together do not come back together.
public struct RetryPause {
    /// How often in a row it failed.
    public private(set) var failures = 0

    public init() {}

    public mutating func succeeded() {
        failures = 0
    }

    public mutating func failed() -> Duration {
        failures += 1
        let ceiling = min(100 << min(failures - 1, 4), 1_000)
        return .milliseconds(Int.random(in: ceiling / 2...ceiling))
    }
}
