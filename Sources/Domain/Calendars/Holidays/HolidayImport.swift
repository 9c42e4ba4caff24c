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

    /// Whether the source brought it before, for a year of the list, or by a rule where the list has rules.
    private func isReplaced(_ origin: HolidaySource?) -> Bool {
        guard let origin, origin.name == source else { return false }
        return origin.year.map(list.years.contains) ?? list.hasRules
    }

    mutating func takeClosures() {
        let listed = list.closures(from: source)
        // So does the source's own entry for the same days where either was brought by a rule. Two years' lists that both name a day do not undo each other.
        func makesWay(_ closure: CalendarClosure) -> Bool {
            if isReplaced(closure.source) { return true }
            guard let origin = closure.source, origin.name == source else { return false }
            return listed.contains { ($0.source?.year == nil || origin.year == nil) && $0.closesDays(of: closure) }
        }
        let others = before.closures.filter { !makesWay($0) }
        removed.closures = before.closures.filter { makesWay($0) && !listed.contains($0) }
        for closure in listed where !before.closures.contains(closure) {
            if others.contains(where: { $0.closesDays(of: closure) }) {
                skipped.closures.append(closure)
            } else {
                added.closures.append(closure)
            }
        }
        skipped.closures += list.unmarkedClosures(from: source)
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
        let closed = OthersClosures(before.closures, but: source)
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
            let left = windows.flatMap { closed.left(of: $0, on: date) }
            // Closed by others all day: what the list opened before goes, too.
            let (open, from) = left.isEmpty ? (nil, nil) : (left, origin)
            if open == nil { skipped.openings.append(date) } else if isKept(open, from, on: date) { continue }
            if before.openings[date] != nil { removed.openings.append(date) }
            if open != nil { added.openings.append(date) }
            after.openings[date] = open
            after.openingSources[date] = from
        }
    }

    private func isKept(_ hours: [WallInterval]?, _ origin: HolidaySource?, on date: CivilDate) -> Bool {
        before.openings[date] == hours && before.openingSources[date] == origin
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
