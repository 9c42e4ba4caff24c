/// A VEVENT: what of it a calendar of closed days needs.
struct ICSEvent: Sendable {
    private(set) var properties: [String: ICSProperty] = [:]
    /// Where the component begins.
    let line: Int

    /// What is read; each may stand once in an event.
    private static let names: Set<String> = [
        "DTSTART", "DTEND", "DURATION", "RRULE", "EXRULE", "RDATE", "EXDATE", "RECURRENCE-ID", "STATUS", "SUMMARY", specialDay,
    ]
    /// What makes exceptions of a rule, or more of an event than its rule: refused.
    private static let exceptions = ["EXRULE", "RDATE", "EXDATE", "RECURRENCE-ID"]
    /// How feeds of Apple's calendar mark holidays (`WORK-HOLIDAY`) and days that are worked for them (`ALTERNATE-WORKDAY`). Their other events are festivals on
    /// which people work.
    private static let specialDay = "X-APPLE-SPECIAL-DAY"

    init(line: Int) {
        self.line = line
    }

    mutating func add(_ property: ICSProperty) throws(HolidayListError) {
        guard ICSEvent.names.contains(property.name) else { return }
        if let failure = HolidayName.failure(of: property.value) { throw HolidayListError(property.place, failure) }
        guard properties.updateValue(property, forKey: property.name) == nil else {
            throw HolidayListError(property.place, "\(property.name) stands twice in one event")
        }
    }

    var isCancelled: Bool { properties["STATUS"]?.value.uppercased() == "CANCELLED" }
    var isWorkday: Bool { properties[ICSEvent.specialDay]?.value.uppercased() == "ALTERNATE-WORKDAY" }
    /// Whether it is marked as a holiday: then its file marks all of them.
    var isMarkedHoliday: Bool { properties[ICSEvent.specialDay]?.value.uppercased() == "WORK-HOLIDAY" }

    /// The event without what repeats it, which may be a rule that is not taken.
    var once: ICSEvent {
        var event = self
        for name in ["RRULE"] + ICSEvent.exceptions { event.properties[name] = nil }
        return event
    }

    var name: String? { properties["SUMMARY"]?.text }

    /// The entries that the event stands for in a calendar of a zone.
    ///
    /// - Throws: ``HolidayListError`` with the line of what is wrong or not taken.
    func entries(in zone: TimeZoneRules, named zoneName: String, zones: any TimeZoneSource) throws(HolidayListError) -> [HolidayEntry] {
        for name in ICSEvent.exceptions {
            if let property = properties[name] { throw HolidayListError(property.place, "\(name) is not taken: list the days one by one") }
        }
        if let property = properties["DURATION"], properties["DTEND"] != nil {
            throw HolidayListError(property.place, "an event has DTEND or DURATION, not both")
        }
        guard let begin = properties["DTSTART"] else { throw HolidayListError("line \(line)", "an event needs DTSTART") }
        let start = try ICSTime(begin)
        let rule = try properties["RRULE"].map { property throws(HolidayListError) in try ICSRule(property, start: start, zone: zone) }
        if let first = start.date {
            return try repeated(rule?.starts(from: first, second: 0), from: first, to: try lastDay(from: first), part: nil)
        }
        if let property = properties["RRULE"], !isLocal(start, zoneName) {
            throw HolidayListError(property.place, "a part of a day is repeated only in the calendar's own zone")
        }
        let walls = ICSWalls(zone: zone, zones: zones)
        let from = try walls.moment(start, at: begin.place)
        let to = try end(of: start, from: from, by: walls, isRepeated: rule != nil)
        return try parts(from: from.wall, to: to, rule: rule)
    }

    private func isLocal(_ time: ICSTime, _ zoneName: String) -> Bool {
        if case .wall(_, let zone) = time { zone == nil || zone == zoneName } else { false }
    }

    /// DTEND of a DATE is the day after the last.
    private func lastDay(from first: CivilDate) throws(HolidayListError) -> CivilDate {
        var last = first.daysSince1970
        if let property = properties["DTEND"] {
            guard let end = try ICSTime(property).date else { throw HolidayListError(property.place, "DTSTART is a date: DTEND must be one too") }
            guard end >= first else { throw HolidayListError(property.place, "the event ends before it begins") }
            // Some programs give a day's end as the day itself.
            last = max(last, end.daysSince1970 - 1)
        } else if let property = properties["DURATION"] {
            let duration = try ICSDuration(property)
            guard duration.seconds == 0 else { throw HolidayListError(property.place, "DTSTART is a date: its duration is in days or weeks") }
            last += duration.days - 1
        }
        guard last - first.daysSince1970 < HolidayList.maximumDays else {
            throw HolidayListError("line \(line)", "an event of more than \(HolidayList.maximumDays) days")
        }
        return CivilDate(daysSince1970: last)
    }

    /// When a span with times of day ends, by the calendar's wall. Whether it has a length is a matter of instants: of an hour that clocks show twice, the second
    /// may follow the first.
    private func end(of start: ICSTime, from: ICSWalls.Moment, by walls: ICSWalls, isRepeated: Bool) throws(HolidayListError) -> Int64 {
        let to: ICSWalls.Moment
        var isInOrder = true
        if let property = properties["DTEND"] {
            let time = try ICSTime(property)
            guard time.date == nil else { throw HolidayListError(property.place, "DTSTART is a date and time: DTEND must be one too") }
            to = try walls.moment(time, at: property.place)
            isInOrder = start.isFloating && time.isFloating ? from.wall < to.wall : from.instant < to.instant
        } else if let property = properties["DURATION"] {
            let duration = try ICSDuration(property)
            let (days, seconds) = (Int64(duration.days) * 86_400, Int64(duration.seconds))
            // What comes back every year is as long by the wall in every year.
            to =
                isRepeated
                ? walls.moment(showing: from.wall + days + seconds)
                : walls.moment(at: try walls.moment(start.adding(days), at: property.place).instant + seconds)
        } else {
            throw HolidayListError("line \(line)", "an event with a time of day needs DTEND or DURATION")
        }
        let end = walls.end(of: to)
        guard isInOrder, from.wall < end else { throw HolidayListError("line \(line)", "the event ends before it begins, or has no length") }
        guard end - from.wall <= Int64(HolidayList.maximumDays) * 86_400 else {
            throw HolidayListError("line \(line)", "an event of more than \(HolidayList.maximumDays) days")
        }
        return end
    }

    /// A span of wall time as the parts of its days; whole days in the middle stay one range.
    private func parts(from: Int64, to: Int64, rule: ICSRule?) throws(HolidayListError) -> [HolidayEntry] {
        let day = Int(from.flooredQuotient(86_400))
        let last = Int((to - 1).flooredQuotient(86_400))
        let start = Int(from - Int64(day) * 86_400)
        let end = Int(to - Int64(last) * 86_400)
        var entries: [HolidayEntry] = []
        // The rule counts events, not their parts: a part is so many days behind the beginning of each.
        let starts = rule?.starts(from: CivilDate(daysSince1970: day), second: start)
        func add(_ first: Int, _ last: Int, _ part: WallInterval) throws(HolidayListError) {
            let isWhole = part == .wholeDay
            let shifted = starts.map { $0.mapped { $0.adding(days: first - day) } }
            entries += try repeated(shifted, from: CivilDate(daysSince1970: first), to: CivilDate(daysSince1970: last), part: isWhole ? nil : part)
        }
        if day == last {
            try add(day, day, WallInterval(start: start, end: end))
            return entries
        }
        let firstWhole = start == 0 ? day : day + 1
        let lastWhole = end == WallInterval.secondsPerDay ? last : last - 1
        if start != 0 { try add(day, day, WallInterval(start: start, end: WallInterval.secondsPerDay)) }
        if firstWhole <= lastWhole { try add(firstWhole, lastWhole, .wholeDay) }
        if end != WallInterval.secondsPerDay { try add(last, last, WallInterval(start: 0, end: end)) }
        return entries
    }

    /// - Parameter starts: when a rule lets it begin; nil without a rule.
    private func repeated(_ starts: ICSRule.Starts?, from first: CivilDate, to last: CivilDate, part: WallInterval?) throws(HolidayListError)
        -> [HolidayEntry]
    {
        if isWorkday {
            guard starts == nil, part == nil else { throw HolidayListError("line \(line)", "a workday is one whole day, without a rule") }
            return [HolidayEntry(.workday(first, last), name: name)]
        }
        guard let starts else { return [HolidayEntry(.holiday(.dates(first, last), part: part), name: name)] }
        let length = last.daysSince1970 - first.daysSince1970
        guard length < 365 else { throw HolidayListError("line \(line)", "an event of every year lasts less than a year") }
        if case .days(let days) = starts {
            return days.map { HolidayEntry(.holiday(.dates($0, $0.adding(days: length)), part: part), name: name, isRepeated: true) }
        }
        guard let from = MonthDay(month: first.month, day: first.day), let to = MonthDay(month: last.month, day: last.day) else { return [] }
        return [HolidayEntry(.holiday(.yearly(from, to, since: first.year), part: part), name: name)]
    }
}
