/// Three percentiles of durations, in milliseconds; nil where nothing was measured.
struct Percentiles: Hashable, Sendable, Encodable {
    let p50: Double?
    let p95: Double?
    let p99: Double?

    /// Nearest rank: each is a value that was measured.
    init(microseconds values: [Int64]) {
        let sorted = values.sorted()
        func value(_ percent: Int) -> Double? {
            guard !sorted.isEmpty else { return nil }
            return Double(sorted[(sorted.count * percent + 99) / 100 - 1]) / 1_000
        }
        p50 = value(50)
        p95 = value(95)
        p99 = value(99)
    }
}
