/// What an agent does right now.
public struct AgentWorkload: Hashable, Sendable {
    public let agentID: AgentID
    /// Units of work that routing may give him.
    public let capacity: Int
    /// Units of work that he has; more than the capacity only by hand.
    public let load: Int
    public let lastAssignedAt: Timestamp?
    /// nil for an agent who was never signed in.
    public let presence: AgentPresence?

    public init(agentID: AgentID, capacity: Int, load: Int, lastAssignedAt: Timestamp?, presence: AgentPresence?) {
        self.agentID = agentID
        self.capacity = capacity
        self.load = load
        self.lastAssignedAt = lastAssignedAt
        self.presence = presence
    }
}
