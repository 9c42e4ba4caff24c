/// An agent who serves a queue.
public struct QueueMember: Hashable, Sendable {
    public let agentID: AgentID
    /// 0 is asked first; further tiers only as the queue's relaxation steps admit them (routing.md B).
    public let tier: Int

    public init(agentID: AgentID, tier: Int = 0) {
        self.agentID = agentID
        self.tier = tier
    }
}
