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
            try await call.command(on: call.path.id, environment) {
                try await environment.tickets.transfer($0, to: call.body.place, reason: call.body.reason, note: call.body.note)
            }
        }
        routes.add(giveBack) { call in
            try await call.command(on: call.path.id, environment) {
                try await environment.tickets.giveBack($0, reason: call.body.reason)
            }
        }
        routes.add(withdraw) { call in
            try await call.command(on: call.path.id, environment) {
                try await environment.tickets.withdraw($0)
            }
        }
    }

    private static func addAttention(to routes: inout APIRoutes, _ environment: APIEnvironment) {
        routes.add(urge) { call in
            if call.principal.agentID != nil, call.body.requester != nil {
                throw Problem.invalid(.pointer("/requester_id"), .notAllowed, "The key acts for an agent, who urges.")
            }
            return try await call.command(on: call.path.id, environment) {
                try await environment.tickets.urge($0, text: call.body.text, requester: call.body.requester)
            }
        }
        routes.add(escalate) { call in
            try await call.command(on: call.path.id, environment) {
                try await environment.tickets.escalate($0, cause: call.body.cause, reason: call.body.reason)
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
            return try await call.command(on: call.path.id, environment, answer: answer) {
                try await environment.tickets.consult($0, agent: call.body.agent, consultation: id, question: call.body.question)
            }
        }
        routes.add(consultations) { call in
            try await call.page(id: \.id, item: { ConsultationResource($0) }) { after, limit in
                try await environment.ticketQueries.consultations(
                    of: call.path.id,
                    in: call.principal.tenantID,
                    viewer: call.principal.viewer,
                    after: after,
                    limit: limit
                )
            }
        }
        routes.add(consultation) { call in
            let found = try await environment.ticketQueries.consultation(
                call.path.id,
                of: call.path.ticket,
                in: call.principal.tenantID,
                viewer: call.principal.viewer
            )
            return .ok(ConsultationResource(found))
        }
    }

    private static func addConsultationCommands(to routes: inout APIRoutes, _ environment: APIEnvironment) {
        routes.add(answer) { call in
            try await call.command(on: call.path.ticket, environment) {
                try await environment.tickets.answer($0, consultation: call.path.id, body: call.body.body, by: call.principal.agentID)
            }
        }
        routes.add(cancel) { call in
            try await call.command(on: call.path.ticket, environment) {
                try await environment.tickets.cancel($0, consultation: call.path.id)
            }
        }
    }
}
