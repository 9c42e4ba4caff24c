/// One ticket matched to one agent.
public struct RoutingAssignment: Hashable, Sendable {
    public let ticket: TicketID
    public let agent: AgentID
    /// Capacity units that the assignment adds to the agent's load.
    public let weight: Int
    /// The position of the relaxation step it was made at.
    public let step: Int
    /// To be stored as the agent's `last_assigned_at`: differs for every assignment of a batch, so that the next batch goes on where this ended.
    public let assignedAt: Timestamp
}
