/// Offers (routing.md G).
extension TicketRules {
    /// Offers a waiting ticket to the agent whom routing chose.
    public func offer(
        _ ticket: Ticket,
        to agent: AgentID,
        until expiresAt: Timestamp,
        step: Int,
        rank: String,
        others: String?,
        at time: Timestamp
    ) throws(TicketRefusal) -> TicketChange {
        guard ticket.isWaitingForAgent else { throw .notWaiting(ticket.state) }
        let offered = TicketEvent.Offered(agentID: agent, expiresAt: expiresAt, step: step, rank: rank, others: others)
        return TicketChange(of: ticket, by: .dispatcher, at: time, [.offered(offered)])
    }

    /// The agent takes what was offered to him. Late is late: the ticket may be another's by then.
    public func accept(_ ticket: Ticket, by agent: AgentID, at time: Timestamp) throws(TicketRefusal) -> TicketChange {
        let offer = try offer(of: ticket, to: agent)
        guard time < offer.expiresAt else { throw .offerOver(owner: nil) }
        let assigned = TicketEvent.Assigned(
            agentID: agent,
            previousAgentID: nil,
            cause: .offer,
            isOverCapacity: false,
            step: nil,
            rank: nil
        )
        return TicketChange(
            of: ticket,
            by: .agent(agent),
            at: time,
            [
                .offerEnded(TicketEvent.OfferEnded(agentID: agent, outcome: .accepted)),
                .assigned(assigned),
                .stateChanged(TicketEvent.StateChanged(from: ticket.state, to: .assigned, cause: .assignment)),
            ]
        )
    }

    /// The agent does not want it: it goes to somebody else, with its place kept.
    public func decline(_ ticket: Ticket, by agent: AgentID, reason: String?, at time: Timestamp) throws(TicketRefusal) -> TicketChange {
        _ = try offer(of: ticket, to: agent)
        let ended = TicketEvent.OfferEnded(agentID: agent, outcome: .declined, reason: reason)
        return TicketChange(of: ticket, by: .agent(agent), at: time, [.offerEnded(ended)])
    }

    /// Ends an offer that nobody answered in time; no events where there is none, or its time has not come.
    public func expireOffer(_ ticket: Ticket, at time: Timestamp) -> TicketChange {
        guard let offer = ticket.offer, offer.expiresAt <= time else { return .unchanged(ticket) }
        return end(offer, of: ticket, outcome: .timedOut, at: time)
    }

    /// Takes an offer back from an agent who is gone; that is no miss of his.
    public func rescindOffer(_ ticket: Ticket, to agent: AgentID, at time: Timestamp) -> TicketChange {
        guard let offer = ticket.offer, offer.agentID == agent else { return .unchanged(ticket) }
        return end(offer, of: ticket, outcome: .rescinded, at: time)
    }

    /// Everybody was asked: those who declined may be asked again, until the last round is over.
    public func endOfferRound(_ ticket: Ticket, at time: Timestamp) -> TicketChange {
        guard ticket.isWaitingForAgent, !ticket.declinedBy.isEmpty else { return .unchanged(ticket) }
        let round = TicketEvent.OfferRoundEnded(round: min(ticket.offerRound + 1, TicketOffer.maximumRounds))
        return TicketChange(of: ticket, by: .dispatcher, at: time, [.offerRoundEnded(round)])
    }

    /// What follows a change of the queue: nobody was asked there yet, so the rounds begin anew. An event of its own: histories from before this rule rebuild
    /// the rows that were stored then.
    func restartingRounds(of ticket: Ticket, in queue: QueueID?) -> [TicketEvent.Payload] {
        guard queue != ticket.content.queueID, ticket.offerRound > 0 || !ticket.declinedBy.isEmpty else { return [] }
        return [.offerRoundEnded(TicketEvent.OfferRoundEnded(round: 0))]
    }

    /// What comes before a command that takes a ticket another way while it is offered.
    func rescinding(_ ticket: Ticket) -> [TicketEvent.Payload] {
        ticket.offer.map { [.offerEnded(TicketEvent.OfferEnded(agentID: $0.agentID, outcome: .rescinded))] } ?? []
    }

    private func end(_ offer: TicketOffer, of ticket: Ticket, outcome: TicketEvent.OfferEnded.Outcome, at time: Timestamp) -> TicketChange {
        let ended = TicketEvent.OfferEnded(agentID: offer.agentID, outcome: outcome)
        return TicketChange(of: ticket, by: .dispatcher, at: time, [.offerEnded(ended)])
    }

    private func offer(of ticket: Ticket, to agent: AgentID) throws(TicketRefusal) -> TicketOffer {
        guard let offer = ticket.offer, offer.agentID == agent else { throw .offerOver(owner: ticket.assigneeID) }
        return offer
    }
}
