/// The policies and calendars that a ticket's signals name.
public struct SLAContext: Sendable {
    public var policies: [SLAPolicyReference: SLAPolicyDefinition]
    /// The calendar as of each version: with that version and all before it.
    public var calendars: [CalendarReference: BusinessCalendar]

    public init(policies: [SLAPolicyReference: SLAPolicyDefinition] = [:], calendars: [CalendarReference: BusinessCalendar] = [:]) {
        self.policies = policies
        self.calendars = calendars
    }
}
