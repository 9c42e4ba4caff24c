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

    /// Adds a public reply or an internal note. A reply to a ticket that was merged goes to where that one went; a customer's reply to a closed ticket makes
    /// a follow-up ticket (sla.md).
    ///
    /// - Parameters:
    ///   - author: an agent or a requester must exist in the tenant; the ticket's own requester is meant by `.requester(nil)`.
    ///   - isConfined: whether the caller sees this ticket only: then nothing is said elsewhere.
    /// - Returns: the ticket that has the message now.
    public func addMessage(
        to id: TicketID,
        visibility: TicketMessage.Visibility,
        author: TicketMessage.Author,
        body: String,
        in tenant: TenantID,
        by actor: Actor,
        isConfined: Bool = false,
        expectedVersion: Int64? = nil,
        idempotency: IdempotentCall? = nil
    ) async throws -> CommandOutcome {
        var message = NewMessage(visibility: visibility, author: author, body: body)
        var (place, expected) = (id, expectedVersion)
        // Where a reply belongs changes by a merge only: that it does so again while it is looked for is rare.
        for _ in 0..<3 {
            do {
                return try await add(
                    message,
                    to: place,
                    in: tenant,
                    by: actor,
                    isConfined: isConfined,
                    expectedVersion: expected,
                    idempotency: idempotency
                )
            } catch ReplyDetour.merged(let author) {
                // Whose own reply it is was settled by the ticket that he wrote to.
                message = NewMessage(visibility: visibility, author: author, isAuthorSettled: true, body: body)
                (place, expected) = (try await mergeTarget(of: place, in: tenant), nil)
            } catch ReplyDetour.closed {
                return try await followUp(place, with: message, in: tenant, by: actor, expectedVersion: expected, idempotency: idempotency)
            }
        }
        throw UseCaseError.busy
    }

    private func add(
        _ new: NewMessage,
        to id: TicketID,
        in tenant: TenantID,
        by actor: Actor,
        isConfined: Bool,
        expectedVersion: Int64?,
        idempotency: IdempotentCall?
    ) async throws -> CommandOutcome {
        try await change(id, of: tenant, expectedVersion: expectedVersion, idempotency: idempotency) { situation in
            try await requireAuthor(new.author, tenant: tenant, transaction: situation.transaction)
            let author = new.author(on: situation.ticket)
            switch environment.rules.place(ofMessageBy: author.kind, new.visibility, on: situation.ticket) {
            case .here: break
            case .mergeTarget: if !isConfined { throw ReplyDetour.merged(author: author) }
            case .followUp: if !isConfined { throw ReplyDetour.closed }
            }
            let message = TicketMessage(
                id: environment.identifiers.next(),
                ticketID: id,
                visibility: new.visibility,
                author: author,
                body: new.body,
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
    ///   - profile: of the key that edits: what it lowers stays above its floor.
    ///   - edit: makes the new content from the present one, or throws ``UseCaseError/invalid(_:)``.
    public func update(
        _ id: TicketID,
        in tenant: TenantID,
        by actor: Actor,
        expectedVersion: Int64,
        reason: String? = nil,
        profile: IntakeProfile = .none,
        idempotency: IdempotentCall? = nil,
        edit: @escaping @Sendable (TicketContent) throws -> TicketContent
    ) async throws -> CommandOutcome {
        do {
            return try await change(id, of: tenant, expectedVersion: expectedVersion, idempotency: idempotency) { situation in
                let before = situation.ticket.content
                let sites = situation.configuration.sites
                var content = try await withFacts(of: try edit(before), in: tenant, situation: situation)
                content = content.moved(from: before, at: before.siteID.flatMap { sites[$0] }, to: content.siteID.flatMap { sites[$0] })
                if content.priority != before.priority { content.priority = profile.raised(content.priority) }
                if profile.isVIP, before.isRequesterVIP { content.isRequesterVIP = true }
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

    /// Another requester brings what is his.
    private func withFacts(of content: TicketContent, in tenant: TenantID, situation: Situation) async throws -> TicketContent {
        guard content.requesterID != situation.ticket.content.requesterID else { return content }
        guard let requester = content.requesterID else { return content.taking(nil) }
        var statements = StatementList()
        let handle = statements.add(LockRequesterFacts(tenant: tenant, requester: requester))
        return content.taking(try await situation.transaction.run(statements).first(handle))
    }

    static func actor(for author: TicketMessage.Author, otherwise actor: Actor) -> Actor {
        switch author {
        case .agent(let agent): .agent(agent)
        case .requester(.some(let requester)): .requester(requester)
        case .requester(nil), .system: actor
        }
    }

    func requireAuthor(_ author: TicketMessage.Author, tenant: TenantID, transaction: TenantTransaction) async throws {
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
