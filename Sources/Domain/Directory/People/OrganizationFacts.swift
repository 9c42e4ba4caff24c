/// What promises ask of an organization.
public struct OrganizationFacts: Hashable, Sendable {
    public let tier: String?
    public let calendarID: CalendarID?

    public init(tier: String?, calendarID: CalendarID?) {
        self.tier = tier
        self.calendarID = calendarID
    }
}
