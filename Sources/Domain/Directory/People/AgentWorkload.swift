/// What an agent does right now.
public struct AgentWorkload: Hashable, Sendable {
    public let agentID: AgentID
    /// Units of work that routing may give him.
    public let capacity: Int
    /// Units of work that he has; more than the capacity only by hand.
    public let load: Int
    public let lastAssignedAt: Timestamp?
    /// The part of ``load`` on each channel.
    public let channelLoads: [Channel: Int]
    /// nil for an agent who was never signed in.
    public let presence: AgentPresence?

    public init(agentID: AgentID, capacity: Int, load: Int, lastAssignedAt: Timestamp?, channelLoads: [Channel: Int] = [:], presence: AgentPresence?)
    {
        self.agentID = agentID
        self.capacity = capacity
        self.load = load
        self.lastAssignedAt = lastAssignedAt
        self.channelLoads = channelLoads
        self.presence = presence
    }
}
