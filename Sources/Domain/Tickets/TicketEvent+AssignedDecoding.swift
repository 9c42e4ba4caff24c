extension TicketEvent.Assigned {
    /// Routing does not store what goes without saying, because most of a tenant's events are its own: that the agent has room, and that no requirement
    /// was relaxed.
    public init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: CodingKeys.self)
        let cause = try fields.decode(Cause.self, forKey: .cause)
        self.init(
            agentID: try fields.decode(AgentID.self, forKey: .agentID),
            previousAgentID: try fields.decodeIfPresent(AgentID.self, forKey: .previousAgentID),
            cause: cause,
            isOverCapacity: try fields.decodeIfPresent(Bool.self, forKey: .isOverCapacity) ?? false,
            step: try fields.decodeIfPresent(Int.self, forKey: .step) ?? (cause == .routing ? 0 : nil),
            rank: try fields.decodeIfPresent(String.self, forKey: .rank),
            others: try fields.decodeIfPresent(String.self, forKey: .others)
        )
    }
}
