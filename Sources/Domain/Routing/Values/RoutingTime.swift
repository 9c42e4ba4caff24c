/// Seconds of configuration as microseconds of ``Timestamp``.
enum RoutingTime {
    /// Stays at the ends of the range instead of overflowing.
    static func microseconds(_ seconds: Int) -> Int64 {
        let (product, overflow) = Int64(seconds).multipliedReportingOverflow(by: 1_000_000)
        return overflow ? (seconds < 0 ? -.max : .max) : product
    }
}
