/// Counts time by a measure: open time of a calendar, or without one plain time.
struct SLAClock: Sendable {
    let calendar: BusinessCalendar?

    func elapsed(from start: Timestamp, to end: Timestamp) throws(CalendarError) -> Int64 {
        guard let calendar else { return end.microseconds(since: start) }
        return try calendar.elapsed(from: start, to: end)
    }

    /// LEFT end.
    func add(_ amount: Int64, to time: Timestamp) throws(CalendarError) -> Timestamp {
        guard let calendar else { return time.adding(microseconds: amount) }
        return try calendar.add(amount, to: time)
    }

    /// RIGHT end.
    func addOpen(_ amount: Int64, to time: Timestamp) throws(CalendarError) -> Timestamp {
        guard let calendar else { return time.adding(microseconds: amount) }
        return try calendar.addOpen(amount, to: time)
    }

    /// This clock where it can count so much from a time on, else plain time. For what must go on whatever the calendar says: one that does not open again puts nothing
    /// off for ever.
    func counting(_ amount: Int64, from time: Timestamp) -> SLAClock {
        (try? add(amount, to: time)) == nil ? SLAClock(calendar: nil) : self
    }

    /// LEFT end; in plain time where the calendar cannot tell.
    func reach(_ amount: Int64, from time: Timestamp) -> Timestamp {
        (try? add(amount, to: time)) ?? time.adding(microseconds: amount)
    }

    /// What has elapsed; in plain time where the calendar cannot tell.
    func passed(from start: Timestamp, to end: Timestamp) -> Int64 {
        (try? elapsed(from: start, to: end)) ?? end.microseconds(since: start)
    }

    func windows(from start: Timestamp, to end: Timestamp, limit: Int) throws(CalendarError) -> [OpenInterval] {
        guard start < end else { return [] }
        guard let calendar else { return [OpenInterval(start: start, end: end)] }
        return try calendar.openIntervals(from: start, to: end, limit: limit)
    }
}
