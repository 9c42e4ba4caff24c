public import Domain

/// What a ticket is like that refuses a command: enough for the caller to choose another.
public struct TicketSituation: Hashable, Sendable {
    public var state: String?
    public var allowedStates: [String]?
    public var assigneeID: AgentID?
    public var offeredTo: AgentID?

    public init(state: TicketState? = nil, allowedStates: [TicketState]? = nil, assigneeID: AgentID? = nil, offeredTo: AgentID? = nil) {
        self.state = state?.rawValue
        self.allowedStates = allowedStates?.map(\.rawValue)
        self.assigneeID = assigneeID
        self.offeredTo = offeredTo
    }
}
