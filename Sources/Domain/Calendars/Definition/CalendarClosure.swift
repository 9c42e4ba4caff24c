/// Days, or the same part of each of these days, on which a calendar is closed: a holiday, a company outing, the afternoon of 24 December.
public struct CalendarClosure: Hashable, Sendable {
    /// Which days are meant.
    public enum Days: Hashable, Sendable {
        /// From one date to another, both included.
        case dates(CivilDate, CivilDate)
        /// Each year from one day to another, both included; where the second lies before the first, the range crosses New Year. `since`: the first year in which
        /// it begins; nil where it always did.
        case yearly(MonthDay, MonthDay, since: Int? = nil)
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
        case .yearly(let first, let last, let since):
            // A range that crosses New Year may begin in the year before.
            return (years.lowerBound - 1...years.upperBound).compactMap { year in
                if let since, year < since { return nil }
                return CalendarClosure.range(from: first, to: last, startingIn: year)
            }
        }
    }

    /// How many days it covers, each year where it is a yearly rule.
    var dayCount: Int {
        switch days {
        case .dates(let first, let last): max(0, last.daysSince1970 - first.daysSince1970 + 1)
        case .yearly(let first, let last, _): CalendarClosure.range(from: first, to: last, startingIn: 2024)?.count ?? 0
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

    /// Whether a dated closure (not a yearly rule) tells that somebody has published the holidays of this year: that of its first day, or of the list that brought
    /// it, and each that it covers whole. Holidays from Christmas to New Year's Day say nothing of the year that begins with them, and neither does what a list's
    /// rule was spelt out to, which has a source without a year.
    func isPublished(for year: Int) -> Bool {
        guard case .dates(let first, let last) = days else { return false }
        if let source, source.year == nil { return false }
        if (source?.year ?? first.year) == year { return true }
        guard let begin = CivilDate(year: year, month: 1, day: 1), let end = CivilDate(year: year, month: 12, day: 31) else { return false }
        return first <= begin && end <= last
    }

    /// Whether it closes whatever another one closes, on the same days: a yearly rule those of a later one, too.
    func closesDays(of other: CalendarClosure) -> Bool {
        guard part == other.part else { return false }
        guard case .yearly(let first, let last, let since) = days, case .yearly(first, last, let begin) = other.days, let since else {
            return days.withoutBeginning == other.days.withoutBeginning
        }
        return begin.map { since <= $0 } ?? false
    }
}

extension CalendarClosure.Days {
    /// The same days of all years.
    fileprivate var withoutBeginning: Self {
        if case .yearly(let first, let last, _) = self { .yearly(first, last) } else { self }
    }
}
