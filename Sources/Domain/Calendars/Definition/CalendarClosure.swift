/// Days, or the same part of each of these days, on which a calendar is closed: a holiday, a company outing, the afternoon of 24 December.
public struct CalendarClosure: Hashable, Sendable {
    /// Which days are meant.
    public enum Days: Hashable, Sendable {
        /// From one date to another, both included.
        case dates(CivilDate, CivilDate)
        /// Each year from one day to another, both included; where the second lies before the first, the range crosses New Year.
        case yearly(MonthDay, MonthDay)
    }

    public let days: Days
    /// The closed part of each day, at most to 24:00; nil closes the whole civil day.
    public let part: WallInterval?
    /// What people call it ("Labour Day"); nil where nobody named it.
    public let name: String?

    /// The list that it was imported from; nil where somebody entered it.
    public let source: HolidaySource?

    public init(_ days: Days, part: WallInterval? = nil, name: String? = nil, source: HolidaySource? = nil) {
        self.source = source
        self.days = days
        self.part = part
        self.name = name
    }

    /// The closed ranges of dates that may touch the years asked for; for a yearly rule one for each year.
    func ranges(in years: ClosedRange<Int>) -> [ClosedRange<Int>] {
        switch days {
        case .dates(let first, let last):
            guard first <= last, first.year <= years.upperBound, last.year >= years.lowerBound else { return [] }
            return [first.daysSince1970...last.daysSince1970]
        case .yearly(let first, let last):
            // A range that crosses New Year may begin in the year before.
            return (years.lowerBound - 1...years.upperBound).compactMap { year in
                CalendarClosure.range(from: first, to: last, startingIn: year)
            }
        }
    }

    /// How many days it covers, each year where it is a yearly rule.
    var dayCount: Int {
        switch days {
        case .dates(let first, let last): max(0, last.daysSince1970 - first.daysSince1970 + 1)
        case .yearly(let first, let last): CalendarClosure.range(from: first, to: last, startingIn: 2024)?.count ?? 0
        }
    }

    /// In a common year a range that starts on 29 February starts on 1 March, one that ends there ends on 28 February, and the day alone is absent.
    private static func range(from first: MonthDay, to last: MonthDay, startingIn year: Int) -> ClosedRange<Int>? {
        let lastYear = last < first ? year + 1 : year
        guard let start = first.date(in: year) ?? CivilDate(year: year, month: 3, day: 1),
            let end = last.date(in: lastYear) ?? CivilDate(year: lastYear, month: 2, day: 28), start <= end
        else { return nil }
        return start.daysSince1970...end.daysSince1970
    }

    /// Whether a dated closure (not a yearly rule) touches this year.
    func isPublished(for year: Int) -> Bool {
        guard case .dates(let first, let last) = days else { return false }
        return (first.year...last.year).contains(year)
    }
}
