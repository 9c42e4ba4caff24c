/// A calendar as a simulated desk asks it. Whoever describes the desk has made sure that it opens; beyond the years that calendars know, nothing happens any more.
struct DeskHours: Sendable {
    let calendar: BusinessCalendar

    /// Days over which it is counted how much of the time somebody works.
    static let sampleDays: Int64 = 28

    func isOpen(_ time: Timestamp) -> Bool {
        (try? calendar.isOpen(time)) ?? false
    }

    /// When it opens or closes next.
    func nextChange(after time: Timestamp) -> Timestamp? {
        isOpen(time) ? try? calendar.nextClose(time) : try? calendar.nextOpen(time)
    }

    /// When so many microseconds of open time are over.
    func end(of work: Int64, from time: Timestamp) -> Timestamp? {
        try? calendar.add(work, to: time)
    }

    /// Microseconds of open time in between.
    func open(from start: Timestamp, to end: Timestamp) -> Int64 {
        (try? calendar.elapsed(from: start, to: end)) ?? 0
    }

    /// How much of the time it is open, from the first four weeks.
    func share(from start: Timestamp) -> Double {
        let sample = Self.sampleDays * 86_400_000_000
        return Double(open(from: start, to: start.adding(microseconds: sample))) / Double(sample)
    }
}
