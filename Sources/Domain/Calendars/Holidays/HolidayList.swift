/// Holidays and make-up workdays as a list or a feed publishes them, ready to be merged into a calendar.
public struct HolidayList: Hashable, Sendable {
    /// Far above the few hundred entries of a real list of many years.
    public static let maximumEntries = 5_000
    /// The longest range of one entry.
    public static let maximumDays = 366

    public let entries: [HolidayEntry]
    /// The one year that the list says to be for; nil: each entry stands for the year of its first day.
    public let year: Int?
    /// What the feed does not mark as a holiday although it marks others: told, and not taken.
    public let unmarked: [HolidayEntry]

    /// - Throws: ``HolidayListError`` where a day is both closed and worked, or there is too much.
    public init(entries: [HolidayEntry], year: Int? = nil, unmarked: [HolidayEntry] = []) throws(HolidayListError) {
        guard entries.count <= HolidayList.maximumEntries else { throw HolidayListError("", "more than \(HolidayList.maximumEntries) entries") }
        if let year, !(1_900...2_299).contains(year) { throw HolidayListError("/year", "a year is between 1900 and 2299") }
        var closed: Set<Int> = []
        for case .holiday(.dates(let first, let last), part: nil) in entries.map(\.kind) {
            guard first <= last, last.daysSince1970 - first.daysSince1970 < HolidayList.maximumDays else {
                throw HolidayListError("", "a range has 1 to \(HolidayList.maximumDays) days")
            }
            closed.formUnion(first.daysSince1970...last.daysSince1970)
        }
        for case .workday(let first, let last) in entries.map(\.kind) {
            guard first <= last, last.daysSince1970 - first.daysSince1970 < HolidayList.maximumDays else {
                throw HolidayListError("", "a range has 1 to \(HolidayList.maximumDays) days")
            }
            if let day = (first.daysSince1970...last.daysSince1970).first(where: closed.contains) {
                throw HolidayListError("", "\(CivilDate(daysSince1970: day)) is listed as a holiday and as a workday")
            }
        }
        self.entries = entries
        self.year = year
        self.unmarked = unmarked
    }

    /// The years for which the list says what is closed: what it brought for them before is replaced.
    public var years: Set<Int> { year.map { [$0] } ?? Set(entries.compactMap(\.year)) }

    /// Whether it has rules: what its source brought by rules before is replaced then.
    var hasRules: Bool { entries.contains { $0.year == nil } }

    /// The closures that it comes to, single days that follow one another under one name joined.
    func closures(from source: String) -> [CalendarClosure] { closures(of: entries, from: source) }

    /// Those that it would come to with what the feed does not mark.
    func unmarkedClosures(from source: String) -> [CalendarClosure] { closures(of: unmarked, from: source) }

    private func closures(of entries: [HolidayEntry], from source: String) -> [CalendarClosure] {
        var closures: [CalendarClosure] = []
        let holidays = entries.compactMap { entry -> (entry: HolidayEntry, days: CalendarClosure.Days, part: WallInterval?)? in
            if case .holiday(let days, let part) = entry.kind { (entry, days, part) } else { nil }
        }
        for (entry, days, part) in holidays.sorted(by: { HolidayList.order($0.days) < HolidayList.order($1.days) }) {
            let origin = self.source(of: entry, named: source)
            if case .dates(let first, let last) = days, let before = closures.last, case .dates(let start, let end) = before.days,
                before.name == entry.name, before.part == nil, part == nil, before.source == origin,
                first.daysSince1970 <= end.daysSince1970 + 1
            {
                closures[closures.count - 1] = CalendarClosure(.dates(start, max(end, last)), name: entry.name, source: origin)
                continue
            }
            let closure = CalendarClosure(days, part: part, name: entry.name, source: origin)
            if !closures.contains(closure) { closures.append(closure) }
        }
        return closures
    }

    /// The days to be worked, each with where it comes from.
    func workdays(from source: String) -> [CivilDate: HolidaySource] {
        var days: [CivilDate: HolidaySource] = [:]
        for entry in entries {
            guard case .workday(let first, let last) = entry.kind, let origin = self.source(of: entry, named: source) else { continue }
            for day in first.daysSince1970...last.daysSince1970 {
                days[CivilDate(daysSince1970: day)] = origin
            }
        }
        return days
    }

    private func source(of entry: HolidayEntry, named name: String) -> HolidaySource? {
        HolidaySource(name: name, year: entry.year == nil ? nil : year ?? entry.year)
    }

    private static func order(_ days: CalendarClosure.Days) -> Int {
        switch days {
        case .dates(let first, _): first.daysSince1970
        // Rules of every year come first; among themselves they keep the order of the list.
        case .yearly(let first, _, _): -10_000_000 + first.month * 100 + first.day
        }
    }
}
