public import Domain
import Store

/// Asking colleagues about a ticket (features.md A3.7).
extension TicketCommands {
    /// An id for a consultation, made before it so that the answer to a repeated request names the same one.
    public func newConsultation() -> ConsultationID { environment.identifiers.next() }

    /// Asks a colleague; the ticket stays with its agent.
    ///
    /// - Parameters:
    ///   - agent: who is asked.
    ///   - question: 1 to 4,000 characters.
    public func consult(
        _ request: TicketRequest,
        agent: AgentID,
        consultation: ConsultationID,
        question: String
    ) async throws -> CommandOutcome {
        try await change(request) { situation in
            guard try await situation.transaction.first(of: AgentExists(tenant: situation.tenant, agent: agent)) == true else {
                throw UseCaseError.invalid([.unknown("active agent", at: "/agent_id")])
            }
            let change = try environment.rules.consult(
                situation.ticket,
                consultation: consultation,
                agent: agent,
                by: request.actor,
                at: situation.now
            )
            let asked = Consultation(
                id: consultation,
                ticketID: request.ticket,
                askedBy: request.actor,
                agentID: agent,
                question: question,
                askedAt: change.after.updatedAt
            )
            try await situation.transaction.run(InsertConsultation(tenant: situation.tenant, consultation: asked))
            return change
        }
    }

    /// The colleague answers by an internal note.
    ///
    /// - Parameter agent: who answers; nil means the one who was asked, for integrations.
    public func answer(
        _ request: TicketRequest,
        consultation: ConsultationID,
        body: String,
        by agent: AgentID?
    ) async throws -> CommandOutcome {
        try await change(request.unconfined) { situation in
            let asked = try await load(consultation, with: situation)
            let actor = Actor.agent(agent ?? asked.agentID)
            let note = internalNote(body, by: actor, on: situation)
            let change = try environment.rules.answer(asked, of: situation.ticket, with: note, by: actor, at: situation.now)
            try await close(asked, answer: note.id, at: change.after.updatedAt, with: situation)
            return change
        }
    }

    /// Who asked, or who has the ticket now, needs no answer any more.
    public func cancel(_ request: TicketRequest, consultation: ConsultationID) async throws -> CommandOutcome {
        try await change(request) { situation in
            let asked = try await load(consultation, with: situation)
            let change = try environment.rules.cancel(asked, of: situation.ticket, by: request.actor, at: situation.now)
            try await close(asked, answer: nil, at: change.after.updatedAt, with: situation)
            return change
        }
    }

    private func load(_ id: ConsultationID, with situation: Situation) async throws -> Consultation {
        guard let found = try await situation.transaction.first(of: LoadConsultation(tenant: situation.tenant, ticket: situation.ticket.id, id: id))
        else { throw UseCaseError.notFound }
        return found
    }

    private func close(_ asked: Consultation, answer: MessageID?, at time: Timestamp, with situation: Situation) async throws {
        try await situation.transaction.run(CloseConsultation(tenant: situation.tenant, consultation: asked, answer: answer, time: time))
    }
}
