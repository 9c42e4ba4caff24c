/// A member of a JSON list of holidays, as it is written.
///
/// ```
/// {"date": "2026-02-14", "name": "春节", "type": "workday"}      {"from": "2026-02-15", "to": "2026-02-23", "type": "holiday"}
/// {"date": "2026-12-24", "start": "12:00", "type": "holiday"}    {"name": "春节", "date": "2026-02-14", "isOffDay": false}
/// ```
public struct HolidayDay: Hashable, Sendable, Codable {
    public var date: String?
    public var from: String?
    public var to: String?
    /// Times of day (`HH:MM`) for a day that is closed in part.
    public var start: String?
    public var end: String?
    public var name: String?
    /// `holiday` or `workday`.
    public var type: String?
    /// The same in the form of lists that give each day a flag.
    public var isOffDay: Bool?

    public init(date: String? = nil, name: String? = nil, type: String? = nil) {
        self.date = date
        self.name = name
        self.type = type
    }

    /// - Parameter pointer: where it stands in its document.
    func entry(at pointer: String) throws(HolidayListError) -> HolidayEntry {
        let (first, last) = try days(at: pointer)
        let part = try part(at: pointer)
        if let failure = name.flatMap(HolidayName.failure) { throw HolidayListError("\(pointer)/name", failure) }
        switch try isHoliday(at: pointer) {
        case true: return HolidayEntry(.holiday(.dates(first, last), part: part), name: name)
        case false:
            guard part == nil else { throw HolidayListError(pointer, "a workday has no start and end: its hours are chosen for the import") }
            return HolidayEntry(.workday(first, last), name: name)
        }
    }

    private func isHoliday(at pointer: String) throws(HolidayListError) -> Bool {
        switch (type, isOffDay) {
        case ("holiday", nil), (nil, true), ("holiday", true): return true
        case ("workday", nil), (nil, false), ("workday", false): return false
        case (nil, nil): throw HolidayListError(pointer, "needs type, which is holiday or workday, or isOffDay")
        case (.some, nil): throw HolidayListError("\(pointer)/type", "is holiday or workday")
        case (.some, .some): throw HolidayListError("\(pointer)/type", "contradicts isOffDay, or is neither holiday nor workday")
        }
    }

    private func days(at pointer: String) throws(HolidayListError) -> (CivilDate, CivilDate) {
        guard (date == nil) != (from == nil) else { throw HolidayListError(pointer, "needs either date or from") }
        guard date == nil || to == nil else { throw HolidayListError("\(pointer)/to", "goes with from") }
        let first = try HolidayDay.read(date ?? from ?? "", at: "\(pointer)/\(date == nil ? "from" : "date")")
        let last = try to.map { text throws(HolidayListError) in try HolidayDay.read(text, at: "\(pointer)/to") } ?? first
        guard first <= last else { throw HolidayListError("\(pointer)/to", "lies before from") }
        guard last.daysSince1970 - first.daysSince1970 < HolidayList.maximumDays else {
            throw HolidayListError("\(pointer)/to", "more than \(HolidayList.maximumDays) days in one entry")
        }
        return (first, last)
    }

    private func part(at pointer: String) throws(HolidayListError) -> WallInterval? {
        guard start != nil || end != nil else { return nil }
        guard let from = WallInterval.seconds(start ?? "00:00") else { throw HolidayListError("\(pointer)/start", "not a time of the form HH:MM") }
        guard let to = WallInterval.seconds(end ?? "24:00") else { throw HolidayListError("\(pointer)/end", "not a time of the form HH:MM") }
        let part = WallInterval(start: from, end: to)
        guard part.isValid, to <= WallInterval.secondsPerDay else { throw HolidayListError("\(pointer)/end", "must lie after start, at most 24:00") }
        return part == .wholeDay ? nil : part
    }

    private static func read(_ text: String, at pointer: String) throws(HolidayListError) -> CivilDate {
        guard let date = CivilDate(text) else { throw HolidayListError(pointer, "not a date of the form YYYY-MM-DD") }
        guard (1_900...2_299).contains(date.year) else { throw HolidayListError(pointer, "a year is between 1900 and 2299") }
        return date
    }
}
