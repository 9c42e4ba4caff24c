/// Who hears of a ticket beside its agent, and who takes care of its escalations.
extension TicketRules {
    /// The most followers of a ticket.
    public static let maximumFollowers = 50

    /// - Parameters:
    ///   - isFollowing: whether he follows it already: then nothing changes.
    ///   - count: how many follow it.
    public func follow(
        _ ticket: Ticket,
        agent: AgentID,
        isFollowing: Bool,
        count: Int,
        by actor: Actor,
        at time: Timestamp
    ) throws(TicketRefusal) -> TicketChange {
        try requireUnmerged(ticket)
        if case .closed = lifecycle.category(of: ticket.state) { throw .closed(ticket.state) }
        guard !isFollowing else { return .unchanged(ticket) }
        guard count < TicketRules.maximumFollowers else { throw .verb(.tooManyFollowers) }
        return TicketChange(of: ticket, by: actor, at: time, [.verb(.followerAdded(TicketEvent.Follower(agentID: agent)))])
    }

    /// Of one who follows it, also where it is done by now.
    public func unfollow(_ ticket: Ticket, agent: AgentID, by actor: Actor, at time: Timestamp) -> TicketChange {
        TicketChange(of: ticket, by: actor, at: time, [.verb(.followerRemoved(TicketEvent.Follower(agentID: agent)))])
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
