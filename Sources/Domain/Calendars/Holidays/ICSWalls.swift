/// Tells the times of an iCalendar file by a calendar's wall (RFC 5545 3.3.5 and 3.3.6).
struct ICSWalls {
    struct Moment: Hashable {
        /// Local seconds of the calendar's zone.
        let wall: Int64
        /// Seconds since 1970.
        let instant: Int64
    }

    /// That of the calendar.
    let zone: TimeZoneRules
    let zones: any TimeZoneSource

    /// - Throws: ``HolidayListError`` for a zone that the time zone database does not have.
    func moment(_ time: ICSTime, at place: String) throws(HolidayListError) -> Moment {
        switch time {
        case .date(let date): return moment(showing: Int64(date.daysSince1970) * 86_400)
        case .wall(let local, zone: nil): return moment(showing: local)
        case .wall(let local, zone: let name?):
            let rules: TimeZoneRules
            do {
                rules = try zones.zone(named: name)
            } catch {
                throw HolidayListError(place, "the TZID is not a zone of the IANA database")
            }
            return moment(at: rules.instant(ofLocal: local))
        case .utc(let seconds): return moment(at: seconds)
        }
    }

    func moment(showing wall: Int64) -> Moment { Moment(wall: wall, instant: zone.instant(ofLocal: wall)) }

    func moment(at instant: Int64) -> Moment { Moment(wall: instant + zone.offset(at: instant), instant: instant) }

    /// Up to when a closure reaches by the wall that must cover all before a moment. A calendar means the first of two times that clocks show alike (sla.md,
    /// Calendars); where the second is meant, the closure reaches to the end of all that is shown twice: a little more than the event, and never less.
    func end(of moment: Moment) -> Int64 {
        var (first, last) = (zone.instant(ofLocal: moment.wall), moment.instant)
        guard first < last else { return moment.wall }
        // The clocks go back behind `first`, and at `last` they have.
        let (before, after) = (zone.offset(at: first), zone.offset(at: last))
        while last - first > 1 {
            let middle = first + (last - first) / 2
            if zone.offset(at: middle) == after { last = middle } else { first = middle }
        }
        return last + before
    }
}
