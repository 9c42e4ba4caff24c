import Domain
import UseCases

extension Principal {
    /// Who acts: the agent that the key is bound to, else the integration itself.
    var actor: Actor { agentID.map { .agent($0) } ?? .api(keyID) }

    /// The agent that a request names, or the one that the key acts for.
    ///
    /// - Throws: 422 where neither is there, or the key acts for another.
    func agent(named: AgentID?, at pointer: String) throws(Problem) -> AgentID {
        switch (agentID, named) {
        case (nil, nil): throw .invalid(.pointer(pointer), .required, "The key acts for no agent: name one.")
        case (nil, let agent?): return agent
        case (let own?, nil): return own
        case (let own?, let agent?):
            guard own == agent else { throw .invalid(.pointer(pointer), .notAllowed, "The key acts for another agent.") }
            return own
        }
    }

    /// Whose message it is: what an integration says, else what the key acts for.
    ///
    /// - Throws: 422 where the key acts for an agent and another author is named.
    func author(named: TicketMessage.Author?) throws(Problem) -> TicketMessage.Author {
        guard let agentID else { return named ?? .system }
        guard named == nil || named == .agent(agentID) else {
            throw .invalid(.pointer("/author"), .notAllowed, "The key acts for an agent, who is the author.")
        }
        return .agent(agentID)
    }
}

extension NewTicket {
    /// The ticket with what the caller's key says about all that come through it (features.md A1.11).
    func coming(through principal: Principal) -> NewTicket {
        var ticket = self
        ticket.profile = principal.intake
        return ticket
    }
}
