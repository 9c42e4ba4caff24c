/// The offsets from UTC of one zone over all time, with the mapping between wall time and instants (sla.md, Calendars).
///
/// Wall times are "local seconds": seconds since 1970-01-01 00:00 as a clock on that wall shows them.
public struct TimeZoneRules: Hashable, Sendable {
    /// From `start` (seconds since 1970, UTC) on, wall clocks are `offset` seconds ahead of UTC.
    struct Transition: Hashable, Sendable {
        let start: Int64
        let offset: Int64
    }

    /// The whole seconds of 400 Gregorian years, which are also whole weeks: a POSIX rule repeats with this period.
    static let cycle: Int64 = 146_097 * 86_400
    /// No zone was or is further from UTC than this (RFC 8536 3.2 allows −25 to +26 hours).
    static let largestOffset: Int64 = 26 * 3_600

    let initialOffset: Int64
    /// Ascending; holds the recorded transitions, and 400 years of the footer's rule after them.
    let transitions: [Transition]
    /// Instants from here on repeat those of `cycle` before; nil where the last offset stays for ever.
    let repeatsFrom: Int64?

    init(initialOffset: Int64, transitions: [Transition], repeatsFrom: Int64?) {
        self.initialOffset = initialOffset
        self.transitions = transitions
        self.repeatsFrom = repeatsFrom
    }

    /// UTC without any shift.
    public static let utc = TimeZoneRules(initialOffset: 0, transitions: [], repeatsFrom: nil)

    /// Seconds that wall clocks are ahead of UTC at an instant, given in seconds since 1970.
    public func offset(at seconds: Int64) -> Int64 {
        offset(ofSegment: segment(at: folded(seconds).time))
    }

    /// The instant, in seconds since 1970, at which a wall clock shows `local`.
    ///
    /// A time that clocks skip is moved forward by the length of the gap; of a time that they show twice, the first is meant.
    /// Times more than about 290 billion years from 1970 do not exist for a calendar, so `local` saturates instead of overflowing.
    public func instant(ofLocal local: Int64) -> Int64 {
        let bounded = min(max(local, .min / 2), .max / 2)
        let (time, shift) = folded(bounded)
        var index = segment(at: time - TimeZoneRules.largestOffset)
        while true {
            let candidate = time - offset(ofSegment: index)
            if index >= 0 && candidate < transitions[index].start {
                // Neither the segment before nor this one shows the time: a gap. The old offset moves it forward by the gap's length.
                return time - offset(ofSegment: index - 1) + shift
            }
            let next = index + 1
            if next == transitions.count || candidate < transitions[next].start { return candidate + shift }
            index = next
        }
    }

    /// The last transition at or before a time; −1 before the first.
    private func segment(at time: Int64) -> Int {
        var low = 0
        var high = transitions.count
        while low < high {
            let middle = (low + high) / 2
            if transitions[middle].start <= time { low = middle + 1 } else { high = middle }
        }
        return low - 1
    }

    private func offset(ofSegment index: Int) -> Int64 {
        index < 0 ? initialOffset : transitions[index].offset
    }

    /// A time moved back by whole cycles into the part that the table holds, and by how much.
    private func folded(_ time: Int64) -> (time: Int64, shift: Int64) {
        guard let repeatsFrom, time >= repeatsFrom else { return (time, 0) }
        let cycles = (time - repeatsFrom) / TimeZoneRules.cycle + 1
        return (time - cycles * TimeZoneRules.cycle, cycles * TimeZoneRules.cycle)
    }
}
