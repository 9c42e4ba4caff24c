public import Domain
import Store

/// Answers to offers (routing.md G).
extension TicketCommands {
    /// An agent takes what was offered to him.
    ///
    /// - Throws: ``TicketRefusal/offerOver(owner:)`` in a ``UseCaseError`` where it is his no more, with whoever has the ticket now.
    public func acceptOffer(
        of id: TicketID,
        by agent: AgentID,
        in tenant: TenantID,
        expectedVersion: Int64? = nil,
        idempotency: IdempotentCall? = nil
    ) async throws -> CommandOutcome {
        try await change(id, of: tenant, expectedVersion: expectedVersion, idempotency: idempotency) { situation in
            let change = try environment.rules.accept(situation.ticket, by: agent, at: situation.now)
            try await forgetMisses(of: agent, with: situation, tenant: tenant)
            return change
        }
    }

    /// An agent does not take it; it goes to somebody else.
    public func declineOffer(
        of id: TicketID,
        by agent: AgentID,
        reason: String?,
        in tenant: TenantID,
        expectedVersion: Int64? = nil,
        idempotency: IdempotentCall? = nil
    ) async throws -> CommandOutcome {
        try await change(id, of: tenant, expectedVersion: expectedVersion, idempotency: idempotency) { situation in
            let change = try environment.rules.decline(situation.ticket, by: agent, reason: reason, at: situation.now)
            try await forgetMisses(of: agent, with: situation, tenant: tenant)
            return change
        }
    }

    /// Whoever answers is there.
    private func forgetMisses(of agent: AgentID, with situation: Situation, tenant: TenantID) async throws {
        var statements = StatementList()
        statements.add(ForgetMisses(tenant: tenant, agent: agent))
        _ = try await situation.transaction.run(statements)
    }
}
