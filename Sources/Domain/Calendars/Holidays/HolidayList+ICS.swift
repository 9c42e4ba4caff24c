extension HolidayList {
    /// The largest iCalendar file; a country's holidays of many years have some 100 KiB.
    public static let maximumICSBytes = 1 << 20

    /// Reads the events of an iCalendar file (RFC 5545) as closed days.
    ///
    /// Whole days come from DATE values, parts of days from DATE-TIME values: those with a TZID or in UTC are turned to the calendar's wall time, those
    /// without a zone are wall time already. DTEND, DURATION and RRULE with FREQ=YEARLY on a fixed day are taken; every other rule, EXRULE, RDATE, EXDATE and
    /// RECURRENCE-ID are refused, for a calendar without them would be wrong. Cancelled events are left out. Where a file marks
    /// holidays (X-APPLE-SPECIAL-DAY:WORK-HOLIDAY), its events that are neither marked so nor as ALTERNATE-WORKDAY are festivals on which people work: ``unmarked``.
    ///
    /// - Parameters:
    ///   - bytes: the file, in UTF-8.
    ///   - zoneName: the IANA name of the calendar's zone.
    /// - Throws: ``HolidayListError`` with the line of what is wrong or not taken.
    public init(ics bytes: [UInt8], zoneName: String, zones: any TimeZoneSource) throws(HolidayListError) {
        guard bytes.count <= HolidayList.maximumICSBytes else { throw HolidayListError("", "larger than \(HolidayList.maximumICSBytes) bytes") }
        let zone: TimeZoneRules
        do {
            zone = try zones.zone(named: zoneName)
        } catch {
            throw HolidayListError("", "the calendar's zone is not in the time zone database")
        }
        var (entries, unmarked): ([HolidayEntry], [HolidayEntry]) = ([], [])
        let events = try HolidayList.events(bytes).filter { !$0.isCancelled }
        let hasMarks = events.contains(where: \.isMarkedHoliday)
        for event in events {
            if hasMarks, !event.isMarkedHoliday, !event.isWorkday {
                // Nothing depends on it, so nothing in it is an error.
                unmarked += (try? event.once.entries(in: zone, named: zoneName, zones: zones)) ?? []
                continue
            }
            entries += try event.entries(in: zone, named: zoneName, zones: zones)
            guard entries.count <= HolidayList.maximumEntries else {
                throw HolidayListError("line \(event.line)", "more than \(HolidayList.maximumEntries) entries")
            }
        }
        try self.init(entries: entries, unmarked: unmarked)
    }

    private static func events(_ bytes: [UInt8]) throws(HolidayListError) -> [ICSEvent] {
        var events: [ICSEvent] = []
        var open: [String] = []
        var event: ICSEvent?
        var hasCalendar = false
        for (line, number) in ICSLines(bytes) {
            let property = try ICSProperty(line, line: number)
            switch property.name {
            case "BEGIN":
                let name = property.value.uppercased()
                guard open.isEmpty == (name == "VCALENDAR"), open.count < 8 else {
                    throw HolidayListError(property.place, "components are nested as VCALENDAR does not allow")
                }
                open.append(name)
                hasCalendar = true
                if open == ["VCALENDAR", "VEVENT"] { event = ICSEvent(line: number) }
            case "END":
                guard open.popLast() == property.value.uppercased() else { throw HolidayListError(property.place, "END without its BEGIN") }
                if open == ["VCALENDAR"], let ended = event {
                    guard events.count < maximumEntries else { throw HolidayListError(property.place, "more than \(maximumEntries) events") }
                    events.append(ended)
                    event = nil
                }
            default:
                guard !open.isEmpty else { throw HolidayListError(property.place, "a file begins with BEGIN:VCALENDAR") }
                // Alarms and the like inside an event are none of its own.
                if open.count == 2 { try event?.add(property) }
            }
        }
        guard hasCalendar else { throw HolidayListError("", "no BEGIN:VCALENDAR: this is no iCalendar file") }
        guard open.isEmpty else { throw HolidayListError("", "the file ends inside \(open.last ?? "")") }
        return events
    }
}
