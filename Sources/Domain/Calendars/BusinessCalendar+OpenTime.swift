/// "No open time within 10 years: rejected" (sla.md, Calendars), for calendars that were never published and so have no time from which they hold.
extension BusinessCalendar {
    /// - Throws: ``CalendarDefinitionError/noOpenTimeWithinTenYears`` where it does not open within ten years of a time.
    func requireOpenTime(from time: Timestamp) throws(CalendarDefinitionError) {
        do {
            _ = try nextOpen(time)
        } catch {
            // Past the last year that calendars know nothing can be said; what needs it fails by itself.
            if error == .noOpenTimeWithinTenYears { throw .noOpenTimeWithinTenYears }
        }
    }

    /// For one that is asked of any time: it must open in some year that calendars know. Where it stays closed for ten years on the way to an answer, that answer fails.
    ///
    /// Looks at versions and not at what is compiled: that would grow from the first year to the one that is asked of.
    ///
    /// - Throws: ``CalendarDefinitionError/noOpenTimeWithinTenYears``.
    func requireOpenTime() throws(CalendarDefinitionError) {
        let isEverOpen = versions.contains { version in
            (CalendarYears.first...CalendarYears.last).contains { !version.compile(years: $0...$0).isEmpty }
        }
        guard isEverOpen else { throw .noOpenTimeWithinTenYears }
    }
}
