/// A list of holidays being taken over into a calendar (``CalendarDefinition/importing(_:from:hours:)``).
struct HolidayImport {
    private let list: HolidayList
    private let source: String
    private let before: CalendarDefinition
    private var after: CalendarDefinition
    private var added = HolidayMerge.Entries()
    private var removed = HolidayMerge.Entries()
    private var skipped = HolidayMerge.Entries()

    init(of list: HolidayList, from source: String, into definition: CalendarDefinition) {
        self.list = list
        self.source = source
        before = definition
        after = definition
    }

    /// Whether the source brought it before, for a year of the list.
    private func isReplaced(_ origin: HolidaySource?) -> Bool {
        guard let origin, origin.name == source else { return false }
        return origin.year.map(list.years.contains) ?? true
    }

    mutating func takeClosures() {
        let listed = list.closures(from: source)
        let others = before.closures.filter { !isReplaced($0.source) }
        removed.closures = before.closures.filter { isReplaced($0.source) && !listed.contains($0) }
        for closure in listed where !before.closures.contains(closure) {
            if others.contains(where: { $0.days == closure.days && $0.part == closure.part }) {
                skipped.closures.append(closure)
            } else {
                added.closures.append(closure)
            }
        }
        let gone = removed.closures
        after.closures = before.closures.filter { !gone.contains($0) } + added.closures
    }

    /// - Throws: ``HolidayListError`` where a workday has no hours.
    mutating func takeWorkdays(hours: MakeUpHours) throws(HolidayListError) {
        let workdays = list.workdays(from: source)
        let windows = hours.windows(in: before)
        if !workdays.isEmpty && windows == nil {
            throw HolidayListError("", "the list has workdays, but that weekday has no hours in the calendar: choose the hours of make-up workdays")
        }
        for (date, origin) in before.openingSources where isReplaced(origin) && workdays[date] == nil {
            removed.openings.append(date)
            after.openings[date] = nil
            after.openingSources[date] = nil
        }
        for (date, origin) in workdays {
            let isOwn = before.openings[date] == nil || before.openingSources[date].map(isReplaced) ?? false
            guard isOwn, let windows else {
                skipped.openings.append(date)
                continue
            }
            guard before.openings[date] != windows || before.openingSources[date] != origin else { continue }
            if before.openings[date] != nil { removed.openings.append(date) }
            added.openings.append(date)
            after.openings[date] = windows
            after.openingSources[date] = origin
        }
    }

    /// What has become of the calendar; the years of the list count as published.
    consuming func finish() -> HolidayMerge {
        after.publishedYears.formUnion(list.years)
        added.openings.sort()
        removed.openings.sort()
        skipped.openings.sort()
        return HolidayMerge(definition: after, added: added, removed: removed, skipped: skipped, isChange: after != before)
    }
}
