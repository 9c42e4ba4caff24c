/// An agent who hears of a ticket as its own agent does.
public struct TicketFollower: Hashable, Sendable {
    public let agent: AgentID
    public let addedAt: Timestamp

    public init(agent: AgentID, addedAt: Timestamp) {
        self.agent = agent
        self.addedAt = addedAt
    }
}
