/// A version of a calendar, and whose it is.
public struct SLAChosenCalendar: Hashable, Sendable {
    public let calendar: CalendarReference
    public let source: SLACalendarChoice.Source

    public init(calendar: CalendarReference, source: SLACalendarChoice.Source) {
        self.calendar = calendar
        self.source = source
    }
}
