/// What an import makes of a calendar.
public struct HolidayMerge: Hashable, Sendable {
    /// What is new, gone, or in the way, in the order of the days.
    public struct Entries: Hashable, Sendable {
        public var closures: [CalendarClosure] = []
        public var openings: [CivilDate] = []

        public init() {}

        public var isEmpty: Bool { closures.isEmpty && openings.isEmpty }
    }

    public let definition: CalendarDefinition
    public let added: Entries
    public let removed: Entries
    /// Entries of the list that are not taken because the calendar has its own for the same days.
    public let skipped: Entries
    /// Whether the definition differs from the one before.
    public let isChange: Bool
}

extension CalendarDefinition {
    /// Takes a list of holidays over.
    ///
    /// What the same source brought before for the same years is replaced; entries made by hand, or by another source, stay and win. The years of the list
    /// count as published. Importing the same list again changes nothing.
    ///
    /// - Parameters:
    ///   - source: names the list, so that a later one replaces it.
    ///   - hours: what make-up workdays get.
    /// - Throws: ``HolidayListError`` where the source has no usable name, or a workday no hours.
    public func importing(_ list: HolidayList, from source: String, hours: MakeUpHours = .standard) throws(HolidayListError) -> HolidayMerge {
        guard HolidaySource.isName(source) else {
            throw HolidayListError("", "a source is named by 1 to 64 letters, digits, dots, hyphens and underscores")
        }
        let years = list.years
        func isReplaced(_ origin: HolidaySource?) -> Bool {
            guard let origin, origin.name == source else { return false }
            return origin.year.map(years.contains) ?? true
        }
        var after = self
        var added = HolidayMerge.Entries()
        var removed = HolidayMerge.Entries()
        var skipped = HolidayMerge.Entries()

        let listed = list.closures(from: source)
        let others = closures.filter { !isReplaced($0.source) }
        removed.closures = closures.filter { isReplaced($0.source) && !listed.contains($0) }
        for closure in listed where !closures.contains(closure) {
            if others.contains(where: { $0.days == closure.days && $0.part == closure.part }) {
                skipped.closures.append(closure)
            } else {
                added.closures.append(closure)
            }
        }
        after.closures = closures.filter { !removed.closures.contains($0) } + added.closures

        let workdays = list.workdays(from: source)
        let windows = hours.windows(in: self)
        if !workdays.isEmpty && windows == nil {
            throw HolidayListError("", "the list has workdays, but that weekday has no hours in the calendar: choose the hours of make-up workdays")
        }
        for (date, origin) in openingSources where isReplaced(origin) && workdays[date] == nil {
            removed.openings.append(date)
            after.openings[date] = nil
            after.openingSources[date] = nil
        }
        for (date, origin) in workdays {
            let isOwn = openings[date] == nil || openingSources[date].map(isReplaced) ?? false
            guard isOwn, let windows else {
                skipped.openings.append(date)
                continue
            }
            guard openings[date] != windows || openingSources[date] != origin else { continue }
            if openings[date] != nil { removed.openings.append(date) }
            added.openings.append(date)
            after.openings[date] = windows
            after.openingSources[date] = origin
        }
        after.publishedYears.formUnion(years)
        added.openings.sort()
        removed.openings.sort()
        skipped.openings.sort()
        return HolidayMerge(definition: after, added: added, removed: removed, skipped: skipped, isChange: after != self)
    }
}
