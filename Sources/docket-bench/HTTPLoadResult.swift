/// What came of a load.
struct HTTPLoadResult: Sendable {
    let seconds: Double
    /// Answers by status; 0 counts connections that were lost.
    let statuses: [Int: Int]
    /// From sending to the whole answer, in nanoseconds, sorted.
    let latencies: [Int64]

    /// One JSON object.
    var line: String {
        let good = statuses.filter { (200..<300).contains($0.key) }.values.reduce(0, +)
        let codes = statuses.sorted { $0.key < $1.key }.map { "\"\($0.key)\":\($0.value)" }.joined(separator: ",")
        return """
            {"seconds":\(seconds),"succeeded":\(good),"per_second":\(Double(good) / max(seconds, 0.001)),"statuses":{\(codes)},\
            "p50_ms":\(milliseconds(0.5)),"p99_ms":\(milliseconds(0.99))}
            """
    }

    private func milliseconds(_ quantile: Double) -> Double {
        guard !latencies.isEmpty else { return 0 }
        return Double(latencies[min(latencies.count - 1, Int(Double(latencies.count) * quantile))]) / 1_000_000
    }
}
