import Domain
import Store
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
            let outcome = try await environment.tickets.create(
                call.body.ticket.coming(through: call.principal),
                in: tenant,
                by: call.principal.actor,
                idempotency: call.idempotency?.call { .created($0) }
            )
            return outcome.reply { .created($0) }
        }
        routes.add(createBatch) { call in
            if call.body.isAtomic { return try await createWhole(call, environment) }
            let batch = TicketBatch(
                environment: environment,
                principal: call.principal,
                key: call.idempotency?.request.key,
                requestID: call.requestID,
                logger: call.logger
            )
            return .status(.multiStatus, try await batch.create(call.body))
        }
        routes.add(update) { call in
            let tenant = call.principal.tenantID
            return try await tagging(call.path.id) {
                let expected = try await expectedVersion(call.ifMatch, of: call.path.id, in: tenant, environment)
                let version = if let expected { expected } else { try await environment.ticketQueries.ticket(call.path.id, in: tenant).version }
                return try await environment.tickets.update(
                    call.path.id,
                    in: tenant,
                    by: call.principal.actor,
                    expectedVersion: version,
                    reason: call.body.reason,
                    profile: call.principal.intake,
                    idempotency: call.idempotency?.call { .ticket($0) }
                ) { call.body.applied(to: $0) }.reply { .ticket($0) }
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
            return try await environment.tickets.createAll(
                tickets,
                in: call.principal.tenantID,
                by: call.principal.actor,
                idempotency: call.idempotency?.write { .ok(BatchResource($0)) }
            ).reply { .ok(BatchResource($0)) }
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
        try await tagging(call.path.id) {
            try await environment.tickets.addMessage(
                to: call.path.id,
                visibility: visibility,
                author: author,
                body: call.body.body,
                in: call.principal.tenantID,
                by: call.principal.actor,
                profile: call.principal.intake,
                isConfined: call.principal.isExternal,
                expectedVersion: try await expectedVersion(call.ifMatch, of: call.path.id, in: call.principal.tenantID, environment),
                idempotency: call.idempotency?.call { .replied($0) }
            ).reply { .replied($0) }
        }
    }

    private static func addWorkCommands(to routes: inout APIRoutes, _ environment: APIEnvironment) {
        routes.add(transition) { call in
            try await tagging(call.path.id) {
                try await environment.tickets.transition(
                    call.path.id,
                    to: call.body.state,
                    isWithoutAgent: call.body.isWithoutAgent,
                    in: call.principal.tenantID,
                    by: call.principal.actor,
                    expectedVersion: try await expectedVersion(call.ifMatch, of: call.path.id, in: call.principal.tenantID, environment),
                    idempotency: call.idempotency?.call { .ticket($0) }
                ).reply { .ticket($0) }
            }
        }
        routes.add(assign) { call in
            try await tagging(call.path.id) {
                try await environment.tickets.assign(
                    call.path.id,
                    to: call.body.agent,
                    in: call.principal.tenantID,
                    by: call.principal.actor,
                    expectedVersion: try await expectedVersion(call.ifMatch, of: call.path.id, in: call.principal.tenantID, environment),
                    idempotency: call.idempotency?.call { .ticket($0) }
                ).reply { .ticket($0) }
            }
        }
        routes.add(claim) { call in
            let agent = try call.principal.agent(named: call.body.agent, at: "/agent_id")
            return try await tagging(call.path.id) {
                try await environment.tickets.claim(
                    call.path.id,
                    by: agent,
                    in: call.principal.tenantID,
                    expectedVersion: try await expectedVersion(call.ifMatch, of: call.path.id, in: call.principal.tenantID, environment),
                    idempotency: call.idempotency?.call { .ticket($0) }
                ).reply { .ticket($0) }
            }
        }
        routes.add(release) { call in
            try await tagging(call.path.id) {
                try await environment.tickets.release(
                    call.path.id,
                    in: call.principal.tenantID,
                    by: call.principal.actor,
                    expectedVersion: try await expectedVersion(call.ifMatch, of: call.path.id, in: call.principal.tenantID, environment),
                    idempotency: call.idempotency?.call { .ticket($0) }
                ).reply { .ticket($0) }
            }
        }
    }

    static func expectedVersion(
        _ condition: EntityTagCondition?,
        of id: TicketID,
        in tenant: TenantID,
        _ environment: APIEnvironment
    ) async throws -> Int64? {
        try await condition?.precondition(on: id).expected { try await environment.ticketQueries.ticket(id, in: tenant).version }
    }
}

extension CommandOutcome {
    /// The answer: made now, or the one that was stored when the command was done.
    func reply<Output>(_ answer: (Ticket) -> Reply<Output>) -> Reply<Output> {
        switch self {
        case .done(let change): answer(change.after)
        case .replayed(let record): .replayed(record.response)
        }
    }
}
