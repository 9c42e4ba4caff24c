/// A span `[start, end)` in microseconds since 1970.
public struct OpenInterval: Hashable, Sendable {
    public let start: Timestamp
    public let end: Timestamp

    public init(start: Timestamp, end: Timestamp) {
        self.start = start
        self.end = end
    }

    /// Microseconds from start to end.
    public var length: Int64 { end.microseconds(since: start) }

    /// Disjoint intervals in order that cover the same instants; touching ones become one, empty ones disappear.
    static func merged(_ intervals: [OpenInterval]) -> [OpenInterval] {
        var result: [OpenInterval] = []
        result.reserveCapacity(intervals.count)
        for interval in intervals.sorted(by: { ($0.start, $0.end) < ($1.start, $1.end) }) where interval.start < interval.end {
            if let last = result.last, interval.start <= last.end {
                if last.end < interval.end { result[result.count - 1] = OpenInterval(start: last.start, end: interval.end) }
            } else {
                result.append(interval)
            }
        }
        return result
    }

    /// What is left of merged intervals without others, also merged.
    static func subtract(_ holes: [OpenInterval], from intervals: [OpenInterval]) -> [OpenInterval] {
        var result: [OpenInterval] = []
        result.reserveCapacity(intervals.count)
        var next = 0
        for interval in intervals {
            while next < holes.count, holes[next].end <= interval.start { next += 1 }
            var start = interval.start
            var index = next
            while index < holes.count, holes[index].start < interval.end {
                if start < holes[index].start { result.append(OpenInterval(start: start, end: holes[index].start)) }
                start = max(start, holes[index].end)
                index += 1
            }
            if start < interval.end { result.append(OpenInterval(start: start, end: interval.end)) }
        }
        return result
    }

    func clipped(from lower: Timestamp, to upper: Timestamp) -> OpenInterval {
        OpenInterval(start: max(start, lower), end: min(end, upper))
    }
}
