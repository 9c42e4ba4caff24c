/// The compiled part of a calendar: sorted disjoint open intervals over whole years, with prefix sums. A value; look-ups are O(log n).
struct CalendarTable: Sendable {
    struct Entry: Sendable {
        let start: Int64
        let end: Int64
        /// Open microseconds of the table before `start`.
        let before: Int64
    }

    let years: ClosedRange<Int>
    /// The table knows everything in `[from, to)`, microseconds since 1970.
    let from: Int64
    let to: Int64
    let entries: [Entry]
    /// Entries that follow more than ten years of closed time; nearly always empty.
    let afterWideGap: [Int]

    /// Joins tables' intervals into one table; the intervals lie in the years, in order.
    init(years: ClosedRange<Int>, intervals: [OpenInterval]) {
        self.years = years
        from = CalendarYears.start(of: years.lowerBound).microseconds
        to = CalendarYears.start(of: years.upperBound + 1).microseconds
        var entries: [Entry] = []
        entries.reserveCapacity(intervals.count)
        var afterWideGap: [Int] = []
        var before: Int64 = 0
        for interval in OpenInterval.merged(intervals) {
            if let last = entries.last, interval.start.microseconds - last.end > CalendarYears.tenYears { afterWideGap.append(entries.count) }
            entries.append(Entry(start: interval.start.microseconds, end: interval.end.microseconds, before: before))
            before += interval.length
        }
        self.entries = entries
        self.afterWideGap = afterWideGap
    }

    var intervals: [OpenInterval] {
        entries.map { OpenInterval(start: Timestamp(microseconds: $0.start), end: Timestamp(microseconds: $0.end)) }
    }

    func covers(_ time: Int64) -> Bool { from <= time && time < to }

    /// The first entry that ends after a time: the one it lies in, or the next; `entries.count` when there is none.
    func entry(endingAfter time: Int64) -> Int {
        firstIndex { $0.end > time }
    }

    /// Open microseconds from the table's beginning to a time that it covers.
    func open(before time: Int64) -> Int64 {
        let index = entry(endingAfter: time)
        guard index < entries.count else { return entries.last.map { $0.before + $0.end - $0.start } ?? 0 }
        return entries[index].before + max(0, time - entries[index].start)
    }

    /// The entry in which the prefix sum reaches `sum` (> 0) from below.
    func entry(reaching sum: Int64) -> Int {
        firstIndex { $0.before + ($0.end - $0.start) >= sum }
    }

    /// The entry in which the prefix sum goes beyond `sum` (≥ 0).
    func entry(exceeding sum: Int64) -> Int {
        firstIndex { $0.before + ($0.end - $0.start) > sum }
    }

    func hasWideGap(from first: Int, to last: Int) -> Bool {
        !afterWideGap.isEmpty && afterWideGap.contains { first < $0 && $0 <= last }
    }

    private func firstIndex(where isReached: (Entry) -> Bool) -> Int {
        var low = 0
        var high = entries.count
        while low < high {
            let middle = (low + high) / 2
            if isReached(entries[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
