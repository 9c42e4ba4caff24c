public import Domain
import Store

extension TicketCommands {
    /// Gives a ticket to an agent by hand, beyond the capacity if need be (routing.md E).
    public func assign(_ request: TicketRequest, to agent: AgentID) async throws -> CommandOutcome {
        try await change(request) { situation in
            let isOver = try await exceedsCapacity(agent, with: situation)
            return try environment.rules.assign(
                situation.ticket,
                to: agent,
                cause: .manual,
                isOverCapacity: isOver,
                by: request.actor,
                at: situation.now
            )
        }
    }

    /// An agent takes a waiting ticket. Of any number at once exactly one succeeds; the others are told who has it. Whoever takes what was offered to him has
    /// answered the offer, as by ``acceptOffer(_:by:)``.
    public func claim(_ request: TicketRequest, by agent: AgentID) async throws -> CommandOutcome {
        try await change(request) { situation in
            if let owner = situation.ticket.assigneeID { throw TicketRefusal.alreadyAssigned(owner) }
            // Before the loads: presences are locked first.
            if situation.ticket.offer?.agentID == agent { try await situation.transaction.run(ForgetMisses(tenant: situation.tenant, agent: agent)) }
            let isOver = try await exceedsCapacity(agent, with: situation)
            return try environment.rules.claim(situation.ticket, by: agent, isOverCapacity: isOver, at: situation.now)
        }
    }

    /// Puts a ticket back into its queue, with its place kept (routing.md F).
    public func release(_ request: TicketRequest) async throws -> CommandOutcome {
        try await change(request) { situation in
            try environment.rules.release(situation.ticket, by: request.actor, at: situation.now)
        }
    }

    /// Whether the ticket takes the agent beyond his capacity.
    ///
    /// - Parameter pointer: where the request names the agent.
    func exceedsCapacity(_ agent: AgentID, with situation: Situation, at pointer: String = "/agent_id") async throws -> Bool {
        guard let row = try await load(of: agent, with: situation) else {
            throw UseCaseError.invalid([.unknown("active agent", at: pointer)])
        }
        return !fits(row, situation.ticket)
    }

    /// Whether an agent has room for a ticket; one that is offered to him takes its room already.
    func fits(_ row: LockAgentLoads.Row, _ ticket: Ticket) -> Bool {
        row.fits(ticket.offer?.agentID == row.agent ? 0 : ticket.content.weight, on: ticket.content.channel)
    }

    /// What an agent has to do; nil for one who does not exist or works here no more. Locks his load and that of whoever has the ticket or is asked to take it,
    /// in id order, as every writer of loads does.
    func load(of agent: AgentID, with situation: Situation) async throws -> LockAgentLoads.Row? {
        let involved = Set([agent, situation.ticket.holderID].compactMap(\.self)).sorted()
        return try await situation.transaction.rows(of: LockAgentLoads(tenant: situation.tenant, agents: involved)).first { $0.agent == agent }
    }
}
