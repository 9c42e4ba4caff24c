extension BusinessCalendar {
    /// The days between two instants, both days included, on which the calendar does not keep its regular hours; the earliest, at most `limit`.
    ///
    /// Closures of days that have no regular hours (a holiday on a Sunday) are left out: they change nothing.
    public func specialDays(from start: Timestamp, to end: Timestamp, limit: Int) -> [CalendarSpecialDay] {
        guard start <= end, CalendarYears.range.contains(start), CalendarYears.range.contains(end) else { return [] }
        var days: [CalendarSpecialDay] = []
        for reign in reigns {
            let (lower, upper, version) = (max(start, reign.start), min(end, reign.end), reign.version)
            guard lower <= upper else { continue }
            days += version.specialDays(version.date(at: lower).daysSince1970...version.date(at: upper).daysSince1970)
        }
        var seen: Set<CalendarSpecialDay> = []
        let ordered = days.filter { seen.insert($0).inserted }.sorted { ($0.first, $0.last, $0.name ?? "") < ($1.first, $1.last, $1.name ?? "") }
        return Array(ordered.prefix(limit))
    }

    /// The rules of the zone in which a person reads this calendar's times: the newest version's.
    public var zone: TimeZoneRules { versions.last?.zone ?? .utc }

    /// That zone's name.
    public var zoneName: String { versions.last?.definition.zone ?? "UTC" }
}

extension CalendarVersion {
    fileprivate func date(at time: Timestamp) -> CivilDate { zone.date(at: time) }

    fileprivate func specialDays(_ days: ClosedRange<Int>) -> [CalendarSpecialDay] {
        let years = CivilDate(daysSince1970: days.lowerBound).year...CivilDate(daysSince1970: days.upperBound).year
        var found: [CalendarSpecialDay] = []
        for closure in definition.closures {
            for range in closure.ranges(in: years) where range.overlaps(days) {
                let shown = range.clamped(to: days)
                // A week shows every weekday.
                guard shown.prefix(7).contains(where: hasRegularHours) else { continue }
                let (first, last) = (CivilDate(daysSince1970: shown.lowerBound), CivilDate(daysSince1970: shown.upperBound))
                found.append(CalendarSpecialDay(.closed, from: first, to: last, parts: closure.part.map { [$0] } ?? [], name: closure.name))
            }
        }
        for (date, hours) in definition.openings where days.contains(date.daysSince1970) {
            found.append(CalendarSpecialDay(hours.isEmpty ? .closed : .hours, from: date, to: date, parts: hours))
        }
        return found
    }

    /// Whether a day is one that the weekly hours open, be it by a night that began the day before, and that has no hours of its own.
    private func hasRegularHours(_ day: Int) -> Bool {
        if definition.openings[CivilDate(daysSince1970: day)] != nil { return false }
        if definition.alwaysOpen || definition.weekly[Weekday(daysSince1970: day)]?.isEmpty == false { return true }
        return definition.weekly[Weekday(daysSince1970: day - 1)]?.contains { $0.end > WallInterval.secondsPerDay } == true
    }
}
