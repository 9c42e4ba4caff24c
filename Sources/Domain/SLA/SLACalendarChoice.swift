/// Which calendar a ticket's business targets use: the policy's, else the customer's, else the queue's, else the tenant's (sla.md).
public struct SLACalendarChoice: Hashable, Sendable {
    public let policy: CalendarID?
    public let customer: CalendarID?
    public let queue: CalendarID?
    public let tenant: CalendarID?

    public init(policy: CalendarID?, customer: CalendarID? = nil, queue: CalendarID? = nil, tenant: CalendarID? = nil) {
        self.policy = policy
        self.customer = customer
        self.queue = queue
        self.tenant = tenant
    }

    public var calendar: CalendarID? { policy ?? customer ?? queue ?? tenant }
}
