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
    /// Entries of the list that are not taken: the calendar has its own for the same days, or the feed marks its holidays and does not mark these.
    public let skipped: Entries
    /// Whether the definition differs from the one before.
    public let isChange: Bool
}

extension CalendarDefinition {
    /// Takes a list of holidays over.
    ///
    /// What the same source brought before for the same years is replaced, and its rules where the list has rules; entries made by hand, or by another source, stay
    /// and win: a make-up workday opens no day that they close. The years of the list count as published. Importing the same list again changes nothing.
    ///
    /// - Parameters:
    ///   - source: names the list, so that a later one replaces it.
    ///   - hours: what make-up workdays get.
    /// - Throws: ``HolidayListError`` where the source has no usable name, or a workday no hours.
    public func importing(_ list: HolidayList, from source: String, hours: MakeUpHours = .standard) throws(HolidayListError) -> HolidayMerge {
        guard HolidaySource.isName(source) else {
            throw HolidayListError("", "a source is named by 1 to 64 letters, digits, dots, hyphens and underscores")
        }
        var work = HolidayImport(of: list, from: source, into: self)
        work.takeClosures()
        try work.takeWorkdays(hours: hours)
        return work.finish()
    }
}
