public import Domain
import Store

/// Urging, and calling for help (features.md A3.7, A3.12).
extension TicketCommands {
    /// Somebody wants the ticket to get on; its agent hears of it by the webhooks' `ticket.urged`.
    ///
    /// - Parameters:
    ///   - text: 1 to 1,000 characters.
    ///   - requester: the customer who urges, where one does; must exist in the tenant.
    public func urge(
        _ id: TicketID,
        text: String,
        requester: RequesterID? = nil,
        in tenant: TenantID,
        by actor: Actor,
        expectedVersion: Int64? = nil,
        idempotency: IdempotentCall? = nil
    ) async throws -> CommandOutcome {
        try await change(id, of: tenant, expectedVersion: expectedVersion, idempotency: idempotency) { situation in
            if let requester {
                var statements = StatementList()
                let handle = statements.add(RequesterExists(tenant: tenant, requester: requester))
                guard try await situation.transaction.run(statements).first(handle) == true else {
                    throw UseCaseError.invalid([FieldProblem("/requester_id", code: "unknown_reference", detail: "there is no such requester")])
                }
            }
            let by = requester.map { Actor.requester($0) } ?? actor
            return try environment.rules.urge(situation.ticket, text: text, by: by, at: situation.now)
        }
    }

    /// Starts the escalation chain of the ticket's queue, else that of its policy, at once.
    ///
    /// - Parameter reason: 1 to 1,000 characters.
    public func escalate(
        _ id: TicketID,
        cause: EscalationRequestCause,
        reason: String,
        in tenant: TenantID,
        by actor: Actor,
        expectedVersion: Int64? = nil,
        idempotency: IdempotentCall? = nil
    ) async throws -> CommandOutcome {
        try await change(id, of: tenant, expectedVersion: expectedVersion, idempotency: idempotency) { situation in
            var statements = StatementList()
            let runs = statements.add(LoadRuns(tenant: tenant, tickets: [id]))
            let live = try await situation.transaction.run(statements).rows(runs)
            return try environment.rules.escalate(
                situation.ticket,
                cause: cause,
                reason: reason,
                run: environment.identifiers.next(),
                chain: situation.configuration.escalationPath(of: situation.ticket),
                isRunning: live.contains { $0.trigger == cause.rawValue },
                by: actor,
                at: situation.now
            )
        }
    }
}

extension TenantConfiguration {
    /// The chain that is run where an agent calls for help: the queue's own, else that of the policy which applies.
    func escalationPath(of ticket: Ticket) -> EscalationChainID? {
        let ofQueue = ticket.content.queueID.flatMap { queues[$0]?.escalationChainID }
        let ofPolicy = promises.matcher.policy(for: promises.fieldValues(of: ticket))?.definition.chain
        return [ofQueue, ofPolicy].compactMap(\.self).first { promises.chains[$0] != nil }
    }
}
