public import Domain

/// A queue as commands and passes need it.
public struct QueueConfiguration: Hashable, Sendable {
    public let id: QueueID
    public internal(set) var rules: RoutingQueueRules
    public let order: RankOrder
    /// Where tickets go that name no queue.
    public let isDefault: Bool
    public let isActive: Bool
    /// When it is open, and whose hours business targets of its tickets use, where the policy names no calendar.
    public let calendarID: CalendarID?
    public let intake: QueueIntake
    /// A new ticket prefers the agent of its requester's last ticket of so many days; 0 asks for nobody.
    public let stickyDays: Int
    /// Where tickets move on to that have waited too long.
    public var overflow: QueueOverflow?
    /// Where new tickets go that arrive while it is closed.
    public var fallback: QueueID?
    /// Whether agents are asked before they get its tickets.
    public var offers: QueueOffers?
    /// What is run where an agent of the queue calls for help.
    public var escalationChainID: EscalationChainID?
    /// What starts a chain by itself.
    public var escalations: [QueueEscalation] = []

    public init(
        id: QueueID,
        rules: RoutingQueueRules,
        order: RankOrder,
        isDefault: Bool,
        isActive: Bool,
        calendarID: CalendarID?,
        intake: QueueIntake = QueueIntake(),
        stickyDays: Int = 0
    ) {
        self.id = id
        self.rules = rules
        self.order = order
        self.isDefault = isDefault
        self.isActive = isActive
        self.calendarID = calendarID
        self.intake = intake
        self.stickyDays = stickyDays
    }
}
