import Domain
import UseCases

extension TicketEndpoints {
    static func addRoutes(to routes: inout APIRoutes, _ environment: APIEnvironment) {
        addQueries(to: &routes, environment)
        addContentCommands(to: &routes, environment)
        addMessageCommands(to: &routes, environment)
        addWorkCommands(to: &routes, environment)
    }

    private static func addContentCommands(to routes: inout APIRoutes, _ environment: APIEnvironment) {
        routes.add(create) { call in
            let tenant = call.principal.tenantID
            return try await placing(call.body.sentLists) {
                try await environment.tickets.create(
                    call.body.ticket.coming(through: call.principal),
                    in: tenant,
                    by: call.principal.actor,
                    idempotency: call.idempotency?.write { .created($0) }
                ).reply { .created($0) }
            }
        }
        routes.add(createBatch) { call in
            if call.body.isAtomic { return try await createWhole(call, environment) }
            let batch = TicketBatch(
                environment: environment,
                principal: call.principal,
                request: call.idempotency?.request,
                requestID: call.requestID,
                address: call.exchange.address,
                logger: call.logger
            )
            return try await batch.create(call.body)
        }
        routes.add(update) { call in
            try await placing(call.body.sentLists) {
                try await call.command(on: call.path.id, environment) {
                    try await environment.tickets.update(
                        $0,
                        reason: call.body.reason,
                        followsMatrix: call.body.priority == nil,
                        profile: call.principal.intake
                    ) {
                        call.body.applied(to: $0)
                    }
                }
            }
        }
    }

    /// All items of a batch in one transaction.
    private static func createWhole(
        _ call: EndpointCall<NoPath, NoQuery, CreateTickets, BatchResource>,
        _ environment: APIEnvironment
    ) async throws -> Reply<BatchResource> {
        let tickets = try call.body.tickets().map { $0.coming(through: call.principal) }
        do {
            return try await placing(call.body.sentLists) {
                try await environment.tickets.createAll(
                    tickets,
                    in: call.principal.tenantID,
                    by: call.principal.actor,
                    idempotency: call.idempotency?.write { .ok(BatchResource($0)) }
                ).reply { .ok(BatchResource($0)) }
            }
        } catch let error as UseCaseError {
            throw error.problem.inside("/items")
        }
    }

    private static func addMessageCommands(to routes: inout APIRoutes, _ environment: APIEnvironment) {
        routes.add(reply) { call in
            try await add(.public, by: try call.principal.author(named: call.body.author), call, environment)
        }
        routes.add(note) { call in
            let author = try call.principal.author(named: call.body.author)
            if case .requester = author {
                throw Problem.invalid(.pointer("/author/type"), .notAllowed, "A customer does not see notes, nor write them.")
            }
            return try await add(.internal, by: author, call, environment)
        }
    }

    private static func add(
        _ visibility: TicketMessage.Visibility,
        by author: TicketMessage.Author,
        _ call: EndpointCall<TicketPath, NoQuery, AddMessage, TicketResource>,
        _ environment: APIEnvironment
    ) async throws -> Reply<TicketResource> {
        try await call.command(on: call.path.id, environment, answer: { .replied($0) }) {
            try await environment.tickets.addMessage(
                $0,
                visibility: visibility,
                author: author,
                body: call.body.body,
                profile: call.principal.intake,
                isConfined: call.principal.isExternal
            )
        }
    }

    private static func addWorkCommands(to routes: inout APIRoutes, _ environment: APIEnvironment) {
        routes.add(transition) { call in
            try await call.command(on: call.path.id, environment) {
                try await environment.tickets.transition($0, to: call.body.state, isWithoutAgent: call.body.isWithoutAgent)
            }
        }
        routes.add(assign) { call in
            try await call.command(on: call.path.id, environment) {
                try await environment.tickets.assign($0, to: call.body.agent)
            }
        }
        routes.add(claim) { call in
            let agent = try call.principal.agent(named: call.body.agent, at: "/agent_id")
            return try await call.command(on: call.path.id, environment) {
                try await environment.tickets.claim($0, by: agent)
            }
        }
        routes.add(release) { call in
            try await call.command(on: call.path.id, environment) {
                try await environment.tickets.release($0)
            }
        }
    }
}
