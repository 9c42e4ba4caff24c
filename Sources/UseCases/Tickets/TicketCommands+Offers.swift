public import Domain
import Store

/// Answers to offers (routing.md G). Whoever answers is there: his misses are forgotten.
extension TicketCommands {
    /// An agent takes what was offered to him.
    ///
    /// - Throws: ``TicketRefusal/offerOver(owner:)`` in a ``UseCaseError`` where it is his no more, with whoever has the ticket now.
    public func acceptOffer(_ request: TicketRequest, by agent: AgentID) async throws -> CommandOutcome {
        try await change(request.unconfined) { situation in
            let change = try environment.rules.accept(situation.ticket, by: agent, at: situation.now)
            try await situation.transaction.run(ForgetMisses(tenant: situation.tenant, agent: agent))
            return change
        }
    }

    /// An agent does not take it; it goes to somebody else.
    public func declineOffer(_ request: TicketRequest, by agent: AgentID, reason: String?) async throws -> CommandOutcome {
        try await change(request.unconfined) { situation in
            let change = try environment.rules.decline(situation.ticket, by: agent, reason: reason, at: situation.now)
            try await situation.transaction.run(ForgetMisses(tenant: situation.tenant, agent: agent))
            return change
        }
    }
}
