public import Domain
import Store

/// Handing tickets on, giving them back and taking them back (features.md A3.7).
extension TicketCommands {
    /// Hands a ticket on to another agent, beyond his capacity if need be, or to another queue.
    ///
    /// - Parameters:
    ///   - reason: 1 to 1,000 characters.
    ///   - note: an internal note to whoever gets it.
    public func transfer(
        _ id: TicketID,
        to place: TransferTo,
        reason: String,
        note: String? = nil,
        in tenant: TenantID,
        by actor: Actor,
        expectedVersion: Int64? = nil,
        idempotency: IdempotentCall? = nil
    ) async throws -> CommandOutcome {
        try await change(id, of: tenant, expectedVersion: expectedVersion, idempotency: idempotency) { situation in
            try require(place, in: situation.configuration)
            let target: TicketRules.TransferTarget
            switch place.target {
            case .agent(let agent):
                let isOver = try await exceedsCapacity(agent, with: situation, tenant: tenant, at: "/to/agent_id")
                target = .agent(agent, isOverCapacity: isOver)
            case .queue(let queue):
                target = .queue(queue)
            }
            return try environment.rules.transfer(
                situation.ticket,
                to: target,
                group: place.group,
                reason: reason,
                note: note.map { internalNote($0, by: actor, on: situation) },
                by: actor,
                at: situation.now
            )
        }
    }

    /// An agent gives his ticket back to whoever transferred it to him; one that came otherwise goes back to its queue, with its place kept.
    public func giveBack(
        _ id: TicketID,
        reason: String,
        in tenant: TenantID,
        by actor: Actor,
        expectedVersion: Int64? = nil,
        idempotency: IdempotentCall? = nil
    ) async throws -> CommandOutcome {
        try await change(id, of: tenant, expectedVersion: expectedVersion, idempotency: idempotency) { situation in
            let previous = try await previousOwner(with: situation, tenant: tenant)
            return try environment.rules.giveBack(situation.ticket, to: previous, reason: reason, by: actor, at: situation.now)
        }
    }

    /// Who transferred a ticket takes it back, as long as its new owner has not begun.
    public func withdraw(
        _ id: TicketID,
        in tenant: TenantID,
        by actor: Actor,
        expectedVersion: Int64? = nil,
        idempotency: IdempotentCall? = nil
    ) async throws -> CommandOutcome {
        try await change(id, of: tenant, expectedVersion: expectedVersion, idempotency: idempotency) { situation in
            var statements = StatementList()
            let events = statements.add(LoadTransferHistory(tenant: tenant, ticket: id, limit: Self.maximumHistory))
            guard let history = TransferHistory(try await situation.transaction.run(statements).rows(events)) else {
                throw TicketRefusal.verb(.notTransferred)
            }
            var isOver = false
            if let agent = history.transfer.from.agentID {
                guard let load = try await load(of: agent, with: situation, tenant: tenant) else { throw TicketRefusal.verb(.agentGone(agent)) }
                isOver = !load.fits(situation.ticket.content.weight, on: situation.ticket.content.channel)
            }
            return try environment.rules.withdraw(situation.ticket, history: history, isOverCapacity: isOver, by: actor, at: situation.now)
        }
    }

    /// Who transferred the ticket to the agent who has it, if he still works here.
    private func previousOwner(with situation: Situation, tenant: TenantID) async throws -> (agent: AgentID, isOverCapacity: Bool)? {
        guard let owner = situation.ticket.assigneeID else { return nil }
        var statements = StatementList()
        let last = statements.add(LoadLastAssignment(tenant: tenant, ticket: situation.ticket.id))
        guard let event = try await situation.transaction.run(statements).first(last), case .assigned(let assigned) = event.payload,
            assigned.cause == .transfer, assigned.agentID == owner, let agent = assigned.previousAgentID,
            let load = try await load(of: agent, with: situation, tenant: tenant)
        else { return nil }
        return (agent, !load.fits(situation.ticket.content.weight, on: situation.ticket.content.channel))
    }

    private func require(_ place: TransferTo, in configuration: TenantConfiguration) throws(UseCaseError) {
        var problems: [FieldProblem] = []
        if case .queue(let queue) = place.target, configuration.queues[queue]?.isActive != true {
            problems.append(FieldProblem("/to/queue_id", code: "unknown_reference", detail: "there is no such queue"))
        }
        if let group = place.group, !configuration.groups.contains(group) {
            problems.append(FieldProblem("/to/group_id", code: "unknown_reference", detail: "there is no such group"))
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
