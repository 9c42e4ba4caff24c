extension CalendarDefinition {
    /// Most windows of one day, closures, and openings; far above any real calendar.
    public static let maximumWindowsPerDay = 24
    public static let maximumClosures = 5_000
    public static let maximumOpenings = 5_000
    /// Most days, over all closures of a part of a day, that one year or one range of dates covers: each of these days is an interval of its own.
    public static let maximumPartialDays = 10_000

    /// Checks everything that needs no zone and no clock (sla.md, Calendars, "Validation").
    ///
    /// Overlapping windows are fine: compiling merges them.
    /// - Throws: ``CalendarDefinitionError`` naming the first entry that is wrong.
    public func validate() throws(CalendarDefinitionError) {
        guard !zone.isEmpty, zone.utf8.count <= 64 else { throw .invalidZoneName }
        if alwaysOpen && weekly.contains(where: { !$0.value.isEmpty }) { throw .alwaysOpenWithWeeklyHours }
        for day in Weekday.allCases {
            try CalendarDefinition.check(weekly[day] ?? [], at: "/weekly/\(day.rawValue)")
        }
        guard closures.count <= CalendarDefinition.maximumClosures else { throw .tooMany("/closures", CalendarDefinition.maximumClosures) }
        for (index, closure) in closures.enumerated() {
            try CalendarDefinition.check(closure, at: "/closures/\(index)")
        }
        let partialDays = closures.reduce(0) { $0 + ($1.part == nil ? 0 : $1.dayCount) }
        guard partialDays <= CalendarDefinition.maximumPartialDays else { throw .tooMany("/closures", CalendarDefinition.maximumPartialDays) }
        guard openings.count <= CalendarDefinition.maximumOpenings else { throw .tooMany("/openings", CalendarDefinition.maximumOpenings) }
        for (date, hours) in openings.sorted(by: { $0.key < $1.key }) {
            try CalendarDefinition.check(hours, at: "/openings/\(date)")
        }
        for date in openingSources.keys.sorted() where openings[date] == nil { throw .sourceWithoutOpening("/opening_sources/\(date)") }
        guard publishedYears.count <= 400, publishedYears.allSatisfy({ (1_900...2_299).contains($0) }) else { throw .invalidYear("/published_years") }
        let hasHours = alwaysOpen || weekly.contains { !$0.value.isEmpty } || openings.contains { !$0.value.isEmpty }
        guard hasHours else { throw .neverOpen }
    }

    private static func check(_ hours: [WallInterval], at pointer: String) throws(CalendarDefinitionError) {
        guard hours.count <= maximumWindowsPerDay else { throw .tooMany(pointer, maximumWindowsPerDay) }
        for (index, window) in hours.enumerated() where !window.isValid {
            throw .invalidInterval("\(pointer)/\(index)")
        }
    }

    private static func check(_ closure: CalendarClosure, at pointer: String) throws(CalendarDefinitionError) {
        if case .dates(let first, let last) = closure.days, last < first { throw .reversedDates(pointer) }
        if case .yearly(_, _, let since?) = closure.days, !(1_900...2_299).contains(since) { throw .invalidYear("\(pointer)/since") }
        // A part stays inside its own day: a closure over midnight is two closures, one for each civil day.
        if let part = closure.part, !part.isValid || part.end > WallInterval.secondsPerDay { throw .invalidInterval(pointer) }
        if let name = closure.name, name.utf8.count > 200 { throw .tooMany("\(pointer)/name", 200) }
    }
}
