import Domain

/// What a key may be used for that acts for a provider's agent, whatever its scopes are (features.md A3.15): to work on the tickets that are his.
enum ExternalAgents {
    /// Everything else is refused with 403, new operations too. Those with a ticket in their path answer 404 for tickets that he does not see;
    /// lists and the feed hold only what he sees. Those with an agent in their path are for himself: other agents are not found.
    static let operations: Set<String> = [
        "listTickets", "countTickets", "getTicket", "listTicketMessages", "listTicketHistory", "getTicketTimers", "replyToTicket", "addTicketNote",
        "transitionTicket", "returnTicket", "acceptTicketOffer", "declineTicketOffer", "listConsultations", "getConsultation", "answerConsultation",
        "listEvents", "getLifecycle", "putAgentPresence", "listAgentOffers", "listTicketTasks", "finishTicketTask",
    ]
}

/// Whether a provider's agent sees a ticket.
typealias TicketVisibility = @Sendable (TicketID, AgentID, TenantID) async throws -> Bool

extension Principal {
    /// To whose tickets the caller is confined; nil for all of the tenant's.
    var viewer: AgentID? { isExternal ? agentID : nil }
}
