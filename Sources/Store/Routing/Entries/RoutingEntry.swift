public import Domain

/// A waiting ticket as the routing tables hold it.
public struct RoutingEntry: Hashable, Sendable {
    public let queueID: QueueID
    public let ticket: RoutingTicket
    public let priority: Priority
    /// The ticket's version when the entry was written: an assignment that finds another version leaves the ticket alone.
    public let ticketVersion: Int64
    /// When the next relaxation step comes into force; nil when none is left.
    public let nextStepAt: Timestamp?
    /// Whether it is moved ahead of tickets that ask for the same with the same priority.
    public let isAhead: Bool
    /// When it moves on to the queue's overflow queue; nil where it stays.
    public let overflowAt: Timestamp?
    /// In a queue by deadline, ``RoutingQueueRules/classStep(eligibleAt:now:)``; nil in others.
    public let step: Int?
    /// Rounds of offers that are over.
    public var offerRound: Int { ticket.offerRound }

    public init(
        queueID: QueueID,
        ticket: RoutingTicket,
        priority: Priority,
        ticketVersion: Int64,
        nextStepAt: Timestamp?,
        isAhead: Bool = false,
        overflowAt: Timestamp? = nil,
        step: Int? = nil
    ) {
        self.queueID = queueID
        self.ticket = ticket
        self.priority = priority
        self.ticketVersion = ticketVersion
        self.nextStepAt = nextStepAt
        self.isAhead = isAhead
        self.overflowAt = overflowAt
        self.step = step
    }
}
