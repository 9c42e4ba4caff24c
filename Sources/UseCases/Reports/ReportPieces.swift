import Domain

/// Cuts the time of a report into pieces that one statement counts in a fraction of a second, however many tickets there were: a year of a large desk is tens of
/// millions of timers, and no statement may run that long.
struct ReportPieces {
    /// Microseconds of the first piece: small enough for a desk that gets a million tickets a day.
    static let firstLength: Int64 = 3_600_000_000
    static let shortestLength: Int64 = 1_000_000
    /// A piece that took less than half of it is followed by longer ones, one that took more than twice as long by shorter ones.
    static let goal: Duration = .milliseconds(250)
    private static let factor: Int64 = 4

    private let end: Timestamp
    private var position: Timestamp
    private var length = firstLength

    init(_ span: Range<Timestamp>) {
        position = span.lowerBound
        end = span.upperBound
    }

    /// nil when the end is reached.
    mutating func next() -> Range<Timestamp>? {
        guard position < end else { return nil }
        let left = end.microseconds(since: position)
        let upper = position.adding(microseconds: min(left, length))
        defer { position = upper }
        return position..<upper
    }

    mutating func took(_ duration: Duration) {
        if duration < Self.goal / 2 {
            length = min(length * Self.factor, SLAReport.maximumSpan)
        } else if duration > Self.goal * 2 {
            length = max(length / Self.factor, Self.shortestLength)
        }
    }
}
