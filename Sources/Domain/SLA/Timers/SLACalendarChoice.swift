/// Which calendar a ticket's business targets use: the policy's, else the customer's, else the queue's, else the tenant's (sla.md, Target).
public struct SLACalendarChoice: Hashable, Sendable {
    /// Whose calendar was chosen.
    public enum Source: String, CaseIterable, Hashable, Sendable, Codable {
        case policy
        /// The customer's.
        case organization
        case queue
        case tenant
    }

    public let policy: CalendarID?
    public let organization: CalendarID?
    public let queue: CalendarID?
    public let tenant: CalendarID?

    public init(policy: CalendarID?, organization: CalendarID? = nil, queue: CalendarID? = nil, tenant: CalendarID? = nil) {
        self.policy = policy
        self.organization = organization
        self.queue = queue
        self.tenant = tenant
    }

    public var calendar: CalendarID? { chosen?.calendar }

    /// The calendar with whose it is; nil where nobody names one.
    public var chosen: (calendar: CalendarID, source: Source)? {
        let offers: [(CalendarID?, Source)] = [(policy, .policy), (organization, .organization), (queue, .queue), (tenant, .tenant)]
        for case (let calendar?, let source) in offers { return (calendar, source) }
        return nil
    }
}
