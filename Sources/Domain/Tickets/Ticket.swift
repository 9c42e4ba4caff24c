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
    /// When the ticket first became routable; kept over every requeue (routing.md Inputs).
    public internal(set) var eligibleAt: Timestamp?
    public internal(set) var updatedAt: Timestamp
    public internal(set) var resolvedAt: Timestamp?
    public internal(set) var closedAt: Timestamp?
    /// The queues that it left because it had waited there too long: none of them sends it on a second time.
    public internal(set) var overflowedFrom: [QueueID]

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
        eligibleAt: Timestamp?,
        updatedAt: Timestamp,
        resolvedAt: Timestamp?,
        closedAt: Timestamp?,
        overflowedFrom: [QueueID] = []
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
        self.eligibleAt = eligibleAt
        self.updatedAt = updatedAt
        self.resolvedAt = resolvedAt
        self.closedAt = closedAt
        self.overflowedFrom = overflowedFrom
    }

    /// Whether a dispatcher may assign it now.
    public var isWaitingForAgent: Bool {
        state == .waitingAssignment && content.queueID != nil && assigneeID == nil
    }

    /// The capacity units it takes from its agent (``StateCategory/takesCapacity``).
    public func load(in lifecycle: Lifecycle) -> Int {
        guard assigneeID != nil, lifecycle.category(of: state)?.takesCapacity == true else { return 0 }
        return content.weight
    }
}
