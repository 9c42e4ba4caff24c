/// A recurrence rule, of which holidays need one kind: the same day every year (RFC 5545 3.3.10).
struct ICSRule: Hashable, Sendable {
    /// Most repetitions of a rule that ends.
    static let maximumCount = 400

    /// How many times; nil: without end.
    let count: Int?
    /// The last day on which it may begin.
    let until: CivilDate?

    /// - Parameter start: the day of DTSTART, which parts of the rule may repeat.
    /// - Throws: ``HolidayListError`` for every other kind of rule: a calendar that said less would be open on holidays.
    init(_ property: ICSProperty, start: CivilDate) throws(HolidayListError) {
        var (count, until) = (Int?.none, CivilDate?.none)
        var hasFrequency = false
        for part in property.value.split(separator: ";", omittingEmptySubsequences: true) {
            let sides = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard sides.count == 2 else { throw HolidayListError(property.place, "has a rule part that is not NAME=VALUE") }
            let value = String(sides[1])
            switch sides[0].uppercased() {
            case "FREQ":
                guard value.uppercased() == "YEARLY" else { throw HolidayListError(property.place, "FREQ=\(value.prefix(20)): only YEARLY is taken") }
                hasFrequency = true
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
            case "UNTIL": until = try ICSTime(value, zone: nil, at: property.place).day
            case "WKST": continue
            default: throw HolidayListError(property.place, "\(sides[0].prefix(20)): only a fixed day of every year is taken")
            }
        }
        guard hasFrequency else { throw HolidayListError(property.place, "a rule needs FREQ") }
        self.count = count
        self.until = until
    }

    var isEndless: Bool { count == nil && until == nil }

    /// The days on which it begins, where it ends; 29 February is left out in common years.
    func starts(from start: CivilDate) -> [CivilDate] {
        var days: [CivilDate] = []
        var year = start.year
        while year <= 2_299, days.count < count ?? ICSRule.maximumCount {
            defer { year += 1 }
            guard let day = CivilDate(year: year, month: start.month, day: start.day) else { continue }
            if let until, day > until { break }
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
}
