import Domain
import UseCases

extension VerbEndpoints {
    static func addRoutes(to routes: inout APIRoutes, _ environment: APIEnvironment) {
        addTransfers(to: &routes, environment)
        addAttention(to: &routes, environment)
        addConsultations(to: &routes, environment)
        addConsultationCommands(to: &routes, environment)
    }

    private static func addTransfers(to routes: inout APIRoutes, _ environment: APIEnvironment) {
        routes.add(transfer) { call in
            try await tagging(call.path.id) {
                try await environment.tickets.transfer(
                    call.path.id,
                    to: call.body.place,
                    reason: call.body.reason,
                    note: call.body.note,
                    in: call.principal.tenantID,
                    by: call.principal.actor,
                    expectedVersion: try await call.expectedVersion(of: call.path.id, environment),
                    idempotency: call.idempotency?.call { .ticket($0) }
                ).reply { .ticket($0) }
            }
        }
        routes.add(giveBack) { call in
            try await tagging(call.path.id) {
                try await environment.tickets.giveBack(
                    call.path.id,
                    reason: call.body.reason,
                    in: call.principal.tenantID,
                    by: call.principal.actor,
                    expectedVersion: try await call.expectedVersion(of: call.path.id, environment),
                    idempotency: call.idempotency?.call { .ticket($0) }
                ).reply { .ticket($0) }
            }
        }
        routes.add(withdraw) { call in
            try await tagging(call.path.id) {
                try await environment.tickets.withdraw(
                    call.path.id,
                    in: call.principal.tenantID,
                    by: call.principal.actor,
                    expectedVersion: try await call.expectedVersion(of: call.path.id, environment),
                    idempotency: call.idempotency?.call { .ticket($0) }
                ).reply { .ticket($0) }
            }
        }
    }

    private static func addAttention(to routes: inout APIRoutes, _ environment: APIEnvironment) {
        routes.add(urge) { call in
            if call.principal.agentID != nil, call.body.requester != nil {
                throw Problem.invalid(.pointer("/requester_id"), .notAllowed, "The key acts for an agent, who urges.")
            }
            return try await tagging(call.path.id) {
                try await environment.tickets.urge(
                    call.path.id,
                    text: call.body.text,
                    requester: call.body.requester,
                    in: call.principal.tenantID,
                    by: call.principal.actor,
                    expectedVersion: try await call.expectedVersion(of: call.path.id, environment),
                    idempotency: call.idempotency?.call { .ticket($0) }
                ).reply { .ticket($0) }
            }
        }
        routes.add(escalate) { call in
            try await tagging(call.path.id) {
                try await environment.tickets.escalate(
                    call.path.id,
                    cause: call.body.cause,
                    reason: call.body.reason,
                    in: call.principal.tenantID,
                    by: call.principal.actor,
                    expectedVersion: try await call.expectedVersion(of: call.path.id, environment),
                    idempotency: call.idempotency?.call { .ticket($0) }
                ).reply { .ticket($0) }
            }
        }
    }

    private static func addConsultations(to routes: inout APIRoutes, _ environment: APIEnvironment) {
        routes.add(ask) { call in
            let id = environment.tickets.newConsultation()
            let answer: @Sendable (Ticket) -> Reply<ConsultationResource> = { ticket in
                let resource = ConsultationResource(
                    Consultation(
                        id: id,
                        ticketID: ticket.id,
                        askedBy: call.principal.actor,
                        agentID: call.body.agent,
                        question: call.body.question,
                        askedAt: ticket.updatedAt
                    )
                )
                return .created(resource, location: resource.location)
            }
            return try await tagging(call.path.id) {
                try await environment.tickets.consult(
                    call.body.agent,
                    about: call.path.id,
                    consultation: id,
                    question: call.body.question,
                    in: call.principal.tenantID,
                    by: call.principal.actor,
                    expectedVersion: try await call.expectedVersion(of: call.path.id, environment),
                    idempotency: call.idempotency?.call(answer)
                ).reply(answer)
            }
        }
        routes.add(consultations) { call in
            let page = call.query.page
            let rows = try await environment.ticketQueries.consultations(
                of: call.path.id,
                in: call.principal.tenantID,
                after: page.after(Entity.Consultation.self),
                limit: page.limit + 1
            )
            return .ok(try Page(rows: rows, of: page, cursor: { Cursor($0.id) }) { ConsultationResource($0) })
        }
        routes.add(consultation) { call in
            let found = try await environment.ticketQueries.consultation(call.path.id, of: call.path.ticket, in: call.principal.tenantID)
            return .ok(ConsultationResource(found))
        }
    }

    private static func addConsultationCommands(to routes: inout APIRoutes, _ environment: APIEnvironment) {
        routes.add(answer) { call in
            try await tagging(call.path.ticket) {
                try await environment.tickets.answer(
                    call.path.id,
                    of: call.path.ticket,
                    body: call.body.body,
                    by: call.principal.agentID,
                    in: call.principal.tenantID,
                    expectedVersion: try await call.expectedVersion(of: call.path.ticket, environment),
                    idempotency: call.idempotency?.call { .ticket($0) }
                ).reply { .ticket($0) }
            }
        }
        routes.add(cancel) { call in
            try await tagging(call.path.ticket) {
                try await environment.tickets.cancel(
                    call.path.id,
                    of: call.path.ticket,
                    in: call.principal.tenantID,
                    by: call.principal.actor,
                    expectedVersion: try await call.expectedVersion(of: call.path.ticket, environment),
                    idempotency: call.idempotency?.call { .ticket($0) }
                ).reply { .ticket($0) }
            }
        }
    }
}

extension EndpointCall {
    /// The version of a ticket that `If-Match` asks for; nil for any.
    func expectedVersion(of id: TicketID, _ environment: APIEnvironment) async throws -> Int64? {
        try await TicketEndpoints.expectedVersion(ifMatch, of: id, in: principal.tenantID, environment)
    }
}
