/// How time is counted: every microsecond, or those in which a calendar is open.
public struct SLAMeasure: Hashable, Sendable, Codable {
    public let mode: SLATarget.Mode
    /// The calendar of a business target; nil in mode `calendar`.
    public let calendar: CalendarReference?

    public init(mode: SLATarget.Mode, calendar: CalendarReference?) {
        self.mode = mode
        self.calendar = calendar
    }

    /// Whether another measure counts as this one did: by the same calendar, be it another version. A version measures the time from its beginning on, so
    /// that nothing of the past is counted otherwise, and what was passed stays passed (sla.md, Calendars; decision 0025).
    public func isContinued(by next: SLAMeasure) -> Bool { mode == next.mode && calendar?.id == next.calendar?.id }
}
