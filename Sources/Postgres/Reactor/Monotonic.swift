import Glibc

/// The clock that only goes forward, in nanoseconds from an arbitrary start.
enum Monotonic {
    static func now() -> Int64 {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
    }
}

extension Duration {
    /// Nanoseconds; durations beyond 292 years stay at the largest value.
    var nanoseconds: Int64 {
        let (seconds, attoseconds) = components
        let (product, overflow) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
        return overflow ? .max : product + attoseconds / 1_000_000_000
    }

    /// Whole milliseconds, rounded up.
    var wholeMilliseconds: Int64 { (nanoseconds + 999_999) / 1_000_000 }
}
