import Domain

/// Who is behind one level of a chain at the time it fires, each once, in the order of the level's targets.
struct EscalationRecipients: Hashable, Sendable {
    var agents: [AgentID] = []
    /// The addresses that the level names.
    var addresses: [String] = []
    var endpoints: [WebhookEndpointID] = []
    /// Who gets the ticket where the level gives it to somebody: the first of ``agents`` who is there; nobody where all are known to be away (decision 51).
    var taker: AgentID?
    /// Whether the level names more people than are called (``EscalationLevel/maximumRecipients``).
    var isCut = false

    var isEmpty: Bool { agents.isEmpty && addresses.isEmpty && endpoints.isEmpty }
}
