public import Domain
import Store

extension TicketCommands {
    /// Moves a ticket to another state of its life cycle.
    ///
    /// - Parameter isWithoutAgent: lets a ticket get in progress that has no agent, for histories recorded elsewhere.
    public func transition(
        _ id: TicketID,
        to target: TicketState,
        isWithoutAgent: Bool = false,
        in tenant: TenantID,
        by actor: Actor,
        expectedVersion: Int64? = nil,
        idempotency: IdempotentCall? = nil
    ) async throws -> CommandOutcome {
        try await change(id, of: tenant, expectedVersion: expectedVersion, idempotency: idempotency) { situation in
            try environment.rules.transition(situation.ticket, to: target, isWithoutAgent: isWithoutAgent, by: actor, at: situation.now)
        }
    }

    /// Adds a public reply or an internal note.
    ///
    /// - Parameter author: an agent or a requester must exist in the tenant; the ticket's own requester is meant by `.requester(nil)`.
    public func addMessage(
        to id: TicketID,
        visibility: TicketMessage.Visibility,
        author: TicketMessage.Author,
        body: String,
        in tenant: TenantID,
        by actor: Actor,
        expectedVersion: Int64? = nil,
        idempotency: IdempotentCall? = nil
    ) async throws -> CommandOutcome {
        try await change(id, of: tenant, expectedVersion: expectedVersion, idempotency: idempotency) { situation in
            try await requireAuthor(author, tenant: tenant, transaction: situation.transaction)
            let author = Self.author(author, of: situation.ticket)
            let message = TicketMessage(
                id: environment.identifiers.next(),
                ticketID: id,
                visibility: visibility,
                author: author,
                body: body,
                createdAt: max(situation.now, situation.ticket.updatedAt)
            )
            let change = try environment.rules.add(message, to: situation.ticket, by: Self.actor(for: author, otherwise: actor), at: situation.now)
            guard case .requester = author, let agent = change.after.assigneeID, try await isGone(agent, with: situation, tenant: tenant) else {
                return change
            }
            return environment.rules.requeueAfterMessage(change)
        }
    }

    private func isGone(_ agent: AgentID, with situation: Situation, tenant: TenantID) async throws -> Bool {
        var statements = StatementList()
        let absence = statements.add(LoadAbsence(tenant: tenant, agent: agent))
        return try await situation.transaction.run(statements).first(absence)?.isGone(grace: 0) ?? false
    }

    /// Edits a ticket's content.
    ///
    /// - Parameters:
    ///   - expectedVersion: the version that the caller edited; editing needs one (api.md 4).
    ///   - reason: needed when the priority is set by hand (features.md A2.7).
    ///   - edit: makes the new content from the present one, or throws ``UseCaseError/invalid(_:)``.
    public func update(
        _ id: TicketID,
        in tenant: TenantID,
        by actor: Actor,
        expectedVersion: Int64,
        reason: String? = nil,
        idempotency: IdempotentCall? = nil,
        edit: @escaping @Sendable (TicketContent) throws -> TicketContent
    ) async throws -> CommandOutcome {
        do {
            return try await change(id, of: tenant, expectedVersion: expectedVersion, idempotency: idempotency) { situation in
                let content = try await withFacts(of: try edit(situation.ticket.content), in: tenant, situation: situation)
                let before = situation.ticket.content
                var problems = TicketValidation(configuration: situation.configuration).problems(of: content, before: before)
                if let agent = content.preferredAgentID, agent != before.preferredAgentID {
                    var statements = StatementList()
                    let found = statements.add(FindContents<AgentContent>(tenant: tenant, ids: [agent]))
                    if try await situation.transaction.run(statements).first(found) == nil { problems.append(TicketValidation.unknownAgent) }
                }
                guard problems.isEmpty else { throw UseCaseError.invalid(problems) }
                return try environment.rules.update(situation.ticket, to: content, reason: reason, by: actor, at: situation.now)
            }
        } catch StoreError.missingReference {
            throw UseCaseError.invalid([FieldProblem("/requester_id", code: "unknown_reference", detail: "there is no such requester")])
        }
    }

    /// The author with the ticket's own requester in the place of a requester without a name.
    private static func author(_ author: TicketMessage.Author, of ticket: Ticket) -> TicketMessage.Author {
        guard case .requester(nil) = author else { return author }
        return .requester(ticket.content.requesterID)
    }

    /// Another requester brings what is his.
    private func withFacts(of content: TicketContent, in tenant: TenantID, situation: Situation) async throws -> TicketContent {
        guard content.requesterID != situation.ticket.content.requesterID else { return content }
        guard let requester = content.requesterID else { return content.taking(nil) }
        var statements = StatementList()
        let handle = statements.add(LockRequesterFacts(tenant: tenant, requester: requester))
        return content.taking(try await situation.transaction.run(statements).first(handle))
    }

    private static func actor(for author: TicketMessage.Author, otherwise actor: Actor) -> Actor {
        switch author {
        case .agent(let agent): .agent(agent)
        case .requester(.some(let requester)): .requester(requester)
        case .requester(nil), .system: actor
        }
    }

    private func requireAuthor(_ author: TicketMessage.Author, tenant: TenantID, transaction: TenantTransaction) async throws {
        var statements = StatementList()
        switch author {
        case .agent(let agent):
            let handle = statements.add(AgentExists(tenant: tenant, agent: agent))
            guard try await transaction.run(statements).first(handle) == true else { throw unknownAuthor("/author/agent_id", "agent") }
        case .requester(.some(let requester)):
            let handle = statements.add(RequesterExists(tenant: tenant, requester: requester))
            guard try await transaction.run(statements).first(handle) == true else { throw unknownAuthor("/author/requester_id", "requester") }
        case .requester(nil), .system:
            break
        }
    }

    private func unknownAuthor(_ pointer: String, _ noun: String) -> UseCaseError {
        .invalid([FieldProblem(pointer, code: "unknown_reference", detail: "there is no such \(noun)")])
    }
}
