/// A finished span `[start, end)` in which a timer ran.
public struct SLARunSegment: Hashable, Sendable {
    public internal(set) var start: Timestamp
    public internal(set) var end: Timestamp
    /// Microseconds of the span that count.
    public internal(set) var consumed: Int64
    /// How the span was measured, where a prospective change keeps that for ever; nil: by the timer's own measure.
    public internal(set) var frozen: SLAMeasure?

    package init(start: Timestamp, end: Timestamp, consumed: Int64, frozen: SLAMeasure?) {
        self.start = start
        self.end = end
        self.consumed = consumed
        self.frozen = frozen
    }
}
