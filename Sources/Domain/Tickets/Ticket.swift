/// A ticket as its events have made it (design.md I5): ``applying(_:)`` is the only way it changes.
public struct Ticket: Hashable, Sendable {
    public let id: TicketID
    /// The number people see, `#1042`: unique in its tenant, never reused, with gaps.
    public let number: Int64
    public let createdAt: Timestamp
    /// Counts commands: 1 after the creation. The ETag's first part.
    public internal(set) var version: Int64
    /// The number of the last event.
    public internal(set) var lastSequence: Int
    public internal(set) var content: TicketContent
    public internal(set) var state: TicketState
    public internal(set) var assigneeID: AgentID?
    /// Assigned by hand beyond the agent's capacity (routing.md E).
    public internal(set) var isOverCapacity: Bool
    /// To whom it is offered now.
    public internal(set) var offer: TicketOffer?
    /// Who declined it, or let an offer pass, in this round.
    public internal(set) var declinedBy: [AgentID]
    /// Rounds of offers that are over since it waits in its queue.
    public internal(set) var offerRound: Int
    /// When the ticket first became routable; kept over every requeue (routing.md Inputs).
    public internal(set) var eligibleAt: Timestamp?
    /// When it came into the queue where it waits, or waited last; nil where nobody noted that, as in rows of earlier versions.
    public internal(set) var queuedAt: Timestamp?
    public internal(set) var updatedAt: Timestamp
    public internal(set) var resolvedAt: Timestamp?
    public internal(set) var closedAt: Timestamp?
    /// When it was told that the resolved ticket is going to be closed by itself.
    public internal(set) var closingToldAt: Timestamp?
    /// The queues that it left because it had waited there too long: none of them sends it on a second time.
    public internal(set) var overflowedFrom: [QueueID]
    public internal(set) var attention: TicketAttention
    public internal(set) var links: TicketLinks

    /// A ticket as stored.
    public init(
        id: TicketID,
        number: Int64,
        createdAt: Timestamp,
        version: Int64,
        lastSequence: Int,
        content: TicketContent,
        state: TicketState,
        assigneeID: AgentID?,
        isOverCapacity: Bool,
        offer: TicketOffer? = nil,
        declinedBy: [AgentID] = [],
        offerRound: Int = 0,
        eligibleAt: Timestamp?,
        updatedAt: Timestamp,
        resolvedAt: Timestamp?,
        closedAt: Timestamp?,
        overflowedFrom: [QueueID] = [],
        attention: TicketAttention = TicketAttention(),
        links: TicketLinks = TicketLinks(),
        closingToldAt: Timestamp? = nil,
        queuedAt: Timestamp? = nil
    ) {
        self.id = id
        self.number = number
        self.createdAt = createdAt
        self.version = version
        self.lastSequence = lastSequence
        self.content = content
        self.state = state
        self.assigneeID = assigneeID
        self.isOverCapacity = isOverCapacity
        self.offer = offer
        self.declinedBy = declinedBy
        self.offerRound = offerRound
        self.eligibleAt = eligibleAt
        self.updatedAt = updatedAt
        self.resolvedAt = resolvedAt
        self.closedAt = closedAt
        self.overflowedFrom = overflowedFrom
        self.attention = attention
        self.links = links
        self.closingToldAt = closingToldAt
        self.queuedAt = queuedAt
    }

    /// Since when it has waited in its queue.
    public var waitsSince: Timestamp? { queuedAt ?? eligibleAt }

    /// Whether a dispatcher may assign it now.
    public var isWaitingForAgent: Bool {
        state == .waitingAssignment && content.queueID != nil && assigneeID == nil && offer == nil
    }

    /// Whose capacity it takes: the assignee's, or that of the agent to whom it is offered.
    public var holderID: AgentID? {
        assigneeID ?? offer?.agentID
    }

    /// The capacity units it takes from its holder: an open offer in full.
    ///
    /// - Parameter waitingPercent: how much of its weight it takes while it waits for others (``LifecycleSettings/waitingLoadPercent``).
    public func load(in lifecycle: Lifecycle, waitingPercent: Int) -> Int {
        if offer != nil { return content.weight }
        guard assigneeID != nil, let category = lifecycle.category(of: state) else { return 0 }
        return RoutingLoad.units(weight: content.weight, in: category, idlePercent: waitingPercent)
    }
}
