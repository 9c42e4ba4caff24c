public import Domain
import Store

/// Asking colleagues about a ticket (features.md A3.7).
extension TicketCommands {
    /// An id for a consultation, made before it so that the answer to a repeated request names the same one.
    public func newConsultation() -> ConsultationID { environment.identifiers.next() }

    /// Asks a colleague; the ticket stays with its agent.
    ///
    /// - Parameter question: 1 to 4,000 characters.
    public func consult(
        _ agent: AgentID,
        about id: TicketID,
        consultation: ConsultationID,
        question: String,
        in tenant: TenantID,
        by actor: Actor,
        expectedVersion: Int64? = nil,
        idempotency: IdempotentCall? = nil
    ) async throws -> CommandOutcome {
        try await change(id, of: tenant, expectedVersion: expectedVersion, idempotency: idempotency) { situation in
            var checks = StatementList()
            let exists = checks.add(AgentExists(tenant: tenant, agent: agent))
            guard try await situation.transaction.run(checks).first(exists) == true else {
                throw UseCaseError.invalid([FieldProblem("/agent_id", code: "unknown_reference", detail: "there is no such active agent")])
            }
            let change = try environment.rules.consult(situation.ticket, consultation: consultation, agent: agent, by: actor, at: situation.now)
            let asked = Consultation(
                id: consultation,
                ticketID: id,
                askedBy: actor,
                agentID: agent,
                question: question,
                askedAt: change.after.updatedAt
            )
            var statements = StatementList()
            statements.add(InsertConsultation(tenant: tenant, consultation: asked))
            _ = try await situation.transaction.run(statements)
            return change
        }
    }

    /// The colleague answers by an internal note.
    ///
    /// - Parameter agent: who answers; nil means the one who was asked, for integrations.
    public func answer(
        _ consultation: ConsultationID,
        of id: TicketID,
        body: String,
        by agent: AgentID?,
        in tenant: TenantID,
        expectedVersion: Int64? = nil,
        idempotency: IdempotentCall? = nil
    ) async throws -> CommandOutcome {
        try await change(id, of: tenant, expectedVersion: expectedVersion, idempotency: idempotency) { situation in
            let asked = try await load(consultation, with: situation, tenant: tenant)
            let actor = Actor.agent(agent ?? asked.agentID)
            let note = internalNote(body, by: actor, on: situation)
            let change = try environment.rules.answer(asked, of: situation.ticket, with: note, by: actor, at: situation.now)
            try await close(asked, answer: note.id, at: change.after.updatedAt, with: situation, tenant: tenant)
            return change
        }
    }

    /// Who asked, or who has the ticket now, needs no answer any more.
    public func cancel(
        _ consultation: ConsultationID,
        of id: TicketID,
        in tenant: TenantID,
        by actor: Actor,
        expectedVersion: Int64? = nil,
        idempotency: IdempotentCall? = nil
    ) async throws -> CommandOutcome {
        try await change(id, of: tenant, expectedVersion: expectedVersion, idempotency: idempotency) { situation in
            let asked = try await load(consultation, with: situation, tenant: tenant)
            let change = try environment.rules.cancel(asked, of: situation.ticket, by: actor, at: situation.now)
            try await close(asked, answer: nil, at: change.after.updatedAt, with: situation, tenant: tenant)
            return change
        }
    }

    private func load(_ id: ConsultationID, with situation: Situation, tenant: TenantID) async throws -> Consultation {
        var statements = StatementList()
        let handle = statements.add(LoadConsultation(tenant: tenant, ticket: situation.ticket.id, id: id))
        guard let found = try await situation.transaction.run(statements).first(handle) else { throw UseCaseError.notFound }
        return found
    }

    private func close(_ asked: Consultation, answer: MessageID?, at time: Timestamp, with situation: Situation, tenant: TenantID) async throws {
        var statements = StatementList()
        statements.add(CloseConsultation(tenant: tenant, consultation: asked, answer: answer, time: time))
        _ = try await situation.transaction.run(statements)
    }
}

extension TicketQueries {
    /// A page of a ticket's consultations, in order.
    ///
    /// - Throws: ``UseCaseError/notFound``.
    public func consultations(of id: TicketID, in tenant: TenantID, after: ConsultationID?, limit: Int) async throws -> [Consultation] {
        var unit = TenantUnit(tenant)
        let found = unit.add(LoadTicket(tenant: tenant, ticket: id))
        let handle = unit.add(LoadConsultations(tenant: tenant, ticket: id, after: after ?? ConsultationID(high: 0, low: 0), limit: limit))
        let result = try await environment.database.run(unit)
        guard try result.first(found) != nil else { throw UseCaseError.notFound }
        return try result.rows(handle)
    }

    /// - Throws: ``UseCaseError/notFound``.
    public func consultation(_ id: ConsultationID, of ticket: TicketID, in tenant: TenantID) async throws -> Consultation {
        var unit = TenantUnit(tenant)
        let handle = unit.add(LoadConsultation(tenant: tenant, ticket: ticket, id: id))
        guard let found = try await environment.database.run(unit).first(handle) else { throw UseCaseError.notFound }
        return found
    }
}
