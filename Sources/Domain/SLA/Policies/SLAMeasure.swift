/// How time is counted: every microsecond, or those in which a calendar is open.
public struct SLAMeasure: Hashable, Sendable, Codable {
    public let mode: SLATarget.Mode
    /// The calendar of a business target; nil in mode `calendar`.
    public let calendar: CalendarReference?

    public init(mode: SLATarget.Mode, calendar: CalendarReference?) {
        self.mode = mode
        self.calendar = calendar
    }
}
