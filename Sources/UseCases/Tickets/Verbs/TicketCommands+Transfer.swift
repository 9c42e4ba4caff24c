import Domain
import Store

/// Handing tickets on, giving them back and taking them back (features.md A3.7).
extension TicketCommands {
    /// Hands a ticket on to another agent, beyond his capacity if need be, or to another queue.
    ///
    /// - Parameters:
    ///   - reason: 1 to 1,000 characters.
    ///   - note: an internal note to whoever gets it.
    public func transfer(
        _ request: TicketRequest,
        to place: TransferTo,
        reason: String,
        note: String? = nil
    ) async throws -> CommandOutcome {
        try await change(request) { situation in
            try require(place, in: situation.configuration)
            let target: TicketRules.TransferTarget
            switch place.target {
            case .agent(let agent):
                let isOver = try await exceedsCapacity(agent, with: situation, at: "/to/agent_id")
                target = .agent(agent, isOverCapacity: isOver)
            case .queue(let queue):
                target = .queue(queue)
            }
            return try environment.rules.transfer(
                situation.ticket,
                to: target,
                group: place.group,
                reason: reason,
                note: note.map { internalNote($0, by: request.actor, on: situation) },
                by: request.actor,
                at: situation.now
            )
        }
    }

    /// An agent gives his ticket back to whoever transferred it to him; one that came otherwise goes back to its queue, with its place kept. So does one
    /// whose former agent is not there: the ticket prefers him, and goes to others where he stays away.
    public func giveBack(_ request: TicketRequest, reason: String) async throws -> CommandOutcome {
        try await change(request) { situation in
            let previous = try await previousOwner(with: situation)
            let isThere = previous?.isThere == true
            return try environment.rules.giveBack(
                situation.ticket,
                to: isThere ? previous.map { ($0.agent, $0.isOverCapacity) } : nil,
                preferring: isThere ? nil : previous?.agent,
                reason: reason,
                by: request.actor,
                at: situation.now
            )
        }
    }

    /// Who transferred a ticket takes it back, as long as its new owner has not begun.
    public func withdraw(_ request: TicketRequest) async throws -> CommandOutcome {
        try await change(request) { situation in
            let transfers = LoadTransferHistory(tenant: situation.tenant, ticket: request.ticket, limit: Self.maximumHistory)
            guard let history = TransferHistory(try await situation.transaction.rows(of: transfers)) else {
                throw TicketRefusal.verb(.notTransferred)
            }
            var hasTransferredBefore = false
            if let agent = request.actor.agentID, request.actor != history.actor {
                let transfers = HasTransferred(tenant: situation.tenant, ticket: request.ticket, agent: agent)
                hasTransferredBefore = try await situation.transaction.first(of: transfers) == true
            }
            var (isOver, isThere) = (false, true)
            if let agent = history.transfer.from.agentID {
                guard let load = try await load(of: agent, with: situation) else { throw TicketRefusal.verb(.agentGone(agent)) }
                isOver = !fits(load, situation.ticket)
                // Who takes his own ticket back is there.
                if agent != request.actor.agentID { isThere = try await self.isThere(agent, with: situation) }
            }
            return try environment.rules.withdraw(
                situation.ticket,
                history: history,
                hasTransferredBefore: hasTransferredBefore,
                isOverCapacity: isOver,
                isFormerAgentThere: isThere,
                by: request.actor,
                at: situation.now
            )
        }
    }

    /// What is given to somebody who is known to be away is not taken from him: it would stay there.
    private func isThere(_ agent: AgentID, with situation: Situation) async throws -> Bool {
        try await situation.transaction.first(of: LoadAttendance(tenant: situation.tenant, agent: agent))?.isGone(grace: 0) == false
    }

    /// Who transferred the ticket to the agent who has it, if he still works here.
    private func previousOwner(with situation: Situation) async throws -> (agent: AgentID, isOverCapacity: Bool, isThere: Bool)? {
        guard let owner = situation.ticket.assigneeID else { return nil }
        let last = LoadLastAssignment(tenant: situation.tenant, ticket: situation.ticket.id)
        guard let event = try await situation.transaction.first(of: last), case .assigned(let assigned) = event.payload,
            assigned.cause == .transfer, assigned.agentID == owner, let agent = assigned.previousAgentID,
            let load = try await load(of: agent, with: situation)
        else { return nil }
        let isThere = try await isThere(agent, with: situation)
        return (agent, !load.fits(situation.ticket.content.weight, on: situation.ticket.content.channel), isThere)
    }

    private func require(_ place: TransferTo, in configuration: TenantConfiguration) throws(UseCaseError) {
        var problems: [FieldProblem] = []
        if case .queue(let queue) = place.target, configuration.queues[queue]?.isActive != true {
            problems.append(.unknown("queue", at: "/to/queue_id"))
        }
        if let group = place.group, !configuration.groups.contains(group) {
            problems.append(.unknown("group", at: "/to/group_id"))
        }
        guard problems.isEmpty else { throw .invalid(problems) }
    }

    func internalNote(_ body: String, by actor: Actor, on situation: Situation) -> TicketMessage {
        TicketMessage(
            id: environment.identifiers.next(),
            ticketID: situation.ticket.id,
            visibility: .internal,
            author: actor.agentID.map { .agent($0) } ?? .system,
            body: body,
            createdAt: max(situation.now, situation.ticket.updatedAt)
        )
    }
}
