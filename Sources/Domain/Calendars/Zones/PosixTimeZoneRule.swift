/// A POSIX `TZ` rule, as in the footer of a TZif file: `CET-1CEST,M3.5.0,M10.5.0/3` (RFC 8536 3.3.1).
struct PosixTimeZoneRule: Hashable, Sendable {
    /// The day of a year on which clocks change.
    enum Day: Hashable, Sendable {
        /// `Jn`: day 1…365, 29 February is never counted.
        case julian(Int)
        /// `n`: day 0…365, 29 February is counted.
        case ordinal(Int)
        /// `Mm.w.d`: the w-th (5 = last) weekday d (0 = Sunday) of month m.
        case weekday(month: Int, week: Int, day: Int)
    }

    struct Change: Hashable, Sendable {
        let day: Day
        /// Seconds after midnight, wall time before the change; −167 to 167 hours.
        let time: Int64
    }

    struct Daylight: Hashable, Sendable {
        let offset: Int64
        let start: Change
        let end: Change
    }

    /// Seconds ahead of UTC (POSIX writes the opposite sign).
    let standardOffset: Int64
    let daylight: Daylight?

    init(standardOffset: Int64, daylight: Daylight?) {
        self.standardOffset = standardOffset
        self.daylight = daylight
    }

    /// The rule's changes over a range of years, ascending; empty without daylight-saving time.
    func transitions(years: ClosedRange<Int>) -> [TimeZoneRules.Transition] {
        guard let daylight else { return [] }
        var all: [TimeZoneRules.Transition] = []
        for year in years {
            all.append(.init(start: daylight.start.local(in: year) - standardOffset, offset: daylight.offset))
            all.append(.init(start: daylight.end.local(in: year) - daylight.offset, offset: standardOffset))
        }
        // A zone with daylight-saving time all year ends and starts it at one instant: the start must come last, and stay.
        all.sort { ($0.start, $0.offset == daylight.offset ? 1 : 0) < ($1.start, $1.offset == daylight.offset ? 1 : 0) }
        var result: [TimeZoneRules.Transition] = []
        for transition in all {
            if result.last?.start == transition.start { result.removeLast() }
            result.append(transition)
        }
        return result
    }
}

extension PosixTimeZoneRule.Change {
    /// The local second of this change in a year.
    fileprivate func local(in year: Int) -> Int64 {
        Int64(day.daysSince1970(in: year)) * 86_400 + time
    }
}

extension PosixTimeZoneRule.Day {
    fileprivate func daysSince1970(in year: Int) -> Int {
        let newYear = PosixTimeZoneRule.days(year, 1, 1)
        switch self {
        case .julian(let number):
            return newYear + number - 1 + (CivilDate.isLeap(year) && number > 59 ? 1 : 0)
        case .ordinal(let number):
            return newYear + number
        case .weekday(let month, let week, let day):
            let first = PosixTimeZoneRule.days(year, month, 1)
            // 1970-01-01 was a Thursday, day 4.
            let firstWeekday = ((first + 4) % 7 + 7) % 7
            let offset = (day - firstWeekday + 7) % 7 + (week - 1) * 7
            return first + (offset < CivilDate.days(inMonth: month, of: year) ? offset : offset - 7)
        }
    }
}

extension PosixTimeZoneRule {
    /// Days since 1970 of a date whose month and day are known to exist.
    fileprivate static func days(_ year: Int, _ month: Int, _ day: Int) -> Int {
        CivilDate(year: year, month: month, day: day)?.daysSince1970 ?? 0
    }
}
