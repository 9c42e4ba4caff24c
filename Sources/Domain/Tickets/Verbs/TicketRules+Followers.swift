/// Who hears of a ticket beside its agent, and who takes care of its escalations.
extension TicketRules {
    /// The most followers of a ticket.
    public static let maximumFollowers = 50

    /// - Parameter followers: who follows already; adding one of them changes nothing.
    public func follow(_ ticket: Ticket, agent: AgentID, followers: [AgentID], by actor: Actor, at time: Timestamp) throws(TicketRefusal)
        -> TicketChange
    {
        try requireUnmerged(ticket)
        if case .closed = lifecycle.category(of: ticket.state) { throw .closed(ticket.state) }
        guard !followers.contains(agent) else { return TicketChange(of: ticket, by: actor, at: time, []) }
        guard followers.count < TicketRules.maximumFollowers else { throw .verb(.tooManyFollowers) }
        return TicketChange(of: ticket, by: actor, at: time, [.verb(.followerAdded(TicketEvent.Follower(agentID: agent)))])
    }

    /// Also where the ticket is done by now. Who does not follow it stays as he is.
    public func unfollow(_ ticket: Ticket, agent: AgentID, followers: [AgentID], by actor: Actor, at time: Timestamp) -> TicketChange {
        let payloads: [TicketEvent.Payload] = followers.contains(agent) ? [.verb(.followerRemoved(TicketEvent.Follower(agentID: agent)))] : []
        return TicketChange(of: ticket, by: actor, at: time, payloads)
    }

    /// - Parameter runs: the runs that somebody takes care of from now on.
    public func acknowledge(
        _ ticket: Ticket,
        runs: [(id: EscalationRunID, chain: EscalationChainID)],
        by actor: Actor,
        at time: Timestamp
    ) -> TicketChange {
        let payloads = runs.map {
            TicketEvent.Payload.verb(.escalationAcknowledged(TicketEvent.EscalationAcknowledged(runID: $0.id, chainID: $0.chain)))
        }
        return TicketChange(of: ticket, by: actor, at: time, payloads)
    }
}
