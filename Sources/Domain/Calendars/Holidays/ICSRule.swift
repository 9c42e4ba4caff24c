/// A recurrence rule, of which holidays need one kind: the same day every year (RFC 5545 3.3.10).
struct ICSRule: Hashable, Sendable {
    /// Most repetitions of a rule that ends.
    static let maximumCount = 400

    /// How many times; nil: without end.
    let count: Int?
    /// The last moment at which it may begin, in seconds of the calendar's wall time as ``ICSTime`` counts them.
    let until: Int64?

    /// - Parameters:
    ///   - begin: DTSTART, whose day parts of the rule may repeat.
    ///   - zone: that of the calendar.
    /// - Throws: ``HolidayListError`` for every other kind of rule: a calendar that said less would be open on holidays.
    init(_ property: ICSProperty, start begin: ICSTime, zone: TimeZoneRules) throws(HolidayListError) {
        let start = begin.day
        var (count, until) = (Int?.none, Int64?.none)
        var names: Set<String> = []
        for part in property.value.split(separator: ";", omittingEmptySubsequences: true) {
            let sides = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard sides.count == 2 else { throw HolidayListError(property.place, "has a rule part that is not NAME=VALUE") }
            let (name, value) = (sides[0].uppercased(), String(sides[1]))
            guard names.insert(name).inserted else { throw HolidayListError(property.place, "\(name.prefix(20)) stands twice in one rule") }
            switch name {
            case "FREQ":
                guard value.uppercased() == "YEARLY" else { throw HolidayListError(property.place, "FREQ=\(value.prefix(20)): only YEARLY is taken") }
            case "INTERVAL":
                guard value == "1" else { throw HolidayListError(property.place, "INTERVAL: only every year is taken") }
            case "BYMONTH":
                guard Int(value) == start.month else { throw HolidayListError(property.place, "BYMONTH: only the month of DTSTART is taken") }
            case "BYMONTHDAY":
                guard Int(value) == start.day else { throw HolidayListError(property.place, "BYMONTHDAY: only the day of DTSTART is taken") }
            case "COUNT":
                guard let number = Int(value), (1...ICSRule.maximumCount).contains(number) else {
                    throw HolidayListError(property.place, "COUNT is from 1 to \(ICSRule.maximumCount)")
                }
                count = number
            case "UNTIL": until = try ICSTime(value, zone: nil, at: property.place).lastMoment(in: zone, ofDays: begin.date != nil)
            case "WKST": continue
            default: throw HolidayListError(property.place, "\(sides[0].prefix(20)): only a fixed day of every year is taken")
            }
        }
        guard names.contains("FREQ") else { throw HolidayListError(property.place, "a rule needs FREQ") }
        guard count == nil || until == nil else { throw HolidayListError(property.place, "a rule ends by COUNT or by UNTIL, not by both") }
        self.count = count
        self.until = until
    }

    private var isEndless: Bool { count == nil && until == nil }

    /// When something begins that a rule repeats.
    enum Starts: Hashable, Sendable {
        /// Every year without end.
        case everyYear
        case days([CivilDate])

        func mapped(_ change: (CivilDate) -> CivilDate) -> Starts {
            if case .days(let days) = self { .days(days.map(change)) } else { self }
        }
    }

    /// When an event begins again; where the rule ends, 29 February is left out in common years.
    ///
    /// - Parameters:
    ///   - start: the event's first day.
    ///   - second: when it begins on it, by the calendar's wall.
    func starts(from start: CivilDate, second: Int) -> Starts {
        isEndless ? .everyYear : .days(days(from: start, second: second))
    }

    private func days(from start: CivilDate, second: Int) -> [CivilDate] {
        var days: [CivilDate] = []
        var year = start.year
        while year <= 2_299, days.count < count ?? ICSRule.maximumCount {
            defer { year += 1 }
            guard let day = CivilDate(year: year, month: start.month, day: start.day) else { continue }
            if let until, Int64(day.daysSince1970) * 86_400 + Int64(second) > until { break }
            days.append(day)
        }
        return days
    }
}

extension ICSTime {
    /// The civil day that the value shows, whatever its zone.
    var day: CivilDate {
        switch self {
        case .date(let date): date
        case .wall(let local, _): CivilDate(daysSince1970: Int(local.flooredQuotient(86_400)))
        case .utc(let seconds): CivilDate(daysSince1970: Int(seconds.flooredQuotient(86_400)))
        }
    }

    /// The last moment that is not after the value, in seconds of a zone's wall time: of a DATE its day's end.
    ///
    /// - Parameter isOfDays: whether it bounds whole days. Programs that give these an end in UTC write the day's midnight there for the day, or a moment of the
    ///   last day at home.
    fileprivate func lastMoment(in zone: TimeZoneRules, ofDays isOfDays: Bool) -> Int64 {
        switch self {
        case .date(let date): Int64(date.daysSince1970 + 1) * 86_400 - 1
        case .wall(let local, _): local
        case .utc(let seconds): isOfDays && seconds % 86_400 == 0 ? seconds : seconds + zone.offset(at: seconds)
        }
    }
}

extension CivilDate {
    func adding(days: Int) -> CivilDate { CivilDate(daysSince1970: daysSince1970 + days) }
}
