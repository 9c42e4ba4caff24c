/// What waits for the end of somebody's quiet hours: that he is to be told of a level that fired. What it says and where it goes is decided then
/// (docs/concepts/escalation.md, "How they hear").
public struct HeldNotice: Hashable, Sendable {
    public let ticket: TicketID
    /// Of the level's `escalation.fired`.
    public let sequence: Int
    public let agent: AgentID
    /// When the quiet hours end.
    public let dueAt: Timestamp

    public init(ticket: TicketID, sequence: Int, agent: AgentID, dueAt: Timestamp) {
        self.ticket = ticket
        self.sequence = sequence
        self.agent = agent
        self.dueAt = dueAt
    }
}
