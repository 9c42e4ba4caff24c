public import Domain
import Store

extension TicketCommands {
    /// Creates several tickets as a whole or not at all: one transaction, durable when it returns.
    ///
    /// - Returns: the tickets in the order of `new`.
    /// - Throws: ``UseCaseError/invalid(_:)`` naming every wrong reference of every ticket, with its index before the pointer: `/3/queue_id`;
    ///   ``StoreError``.
    public func createAll(
        _ new: [NewTicket],
        in tenant: TenantID,
        by actor: Actor,
        idempotency: IdempotentWrite<[Ticket]>? = nil
    ) async throws -> WriteOutcome<[Ticket]> {
        do {
            return try await environment.configurations.withConfiguration(of: tenant) { configuration in
                try await createAll(new, by: actor, configuration: configuration, idempotency: idempotency)
            }
        } catch UseCaseError.invalid(let problems) {
            // What was done before stays done, whatever the configuration has become since: the repetition gets the answer of that time.
            if let idempotency, let record = try await environment.database.record(of: idempotency, in: tenant) { return .replayed(record) }
            throw UseCaseError.invalid(problems)
        } catch StoreError.duplicate(InsertIdempotencyRecord.constraint) {
            return .replayed(try await environment.database.replay(idempotency, in: tenant))
        } catch StoreError.missingReference {
            // A requester went away after he was looked up: the next attempt names him.
            throw UseCaseError.busy
        }
    }

    private func createAll(
        _ new: [NewTicket],
        by actor: Actor,
        configuration: TenantConfiguration,
        idempotency: IdempotentWrite<[Ticket]>?
    ) async throws -> WriteOutcome<[Ticket]> {
        let tenant = configuration.tenant
        let now = try await environment.clock.now()
        let creations = try await creations(of: new, by: actor, at: now, configuration: configuration)
        let keeper = PromiseKeeper(configuration: configuration, rules: environment.rules)
        let writer = TicketWriter(tenant: tenant, environment: environment, configuration: configuration)
        var unit = TenantUnit(tenant)
        var kept: [(change: TicketChange, promises: PromiseChange)] = []
        for creation in creations { kept.append(try await keeper.keep(creation.change, situation: .none, history: { _ in })) }
        let tickets = kept.map(\.change.after)
        if let idempotency { unit.add(idempotency.insert(tickets, in: tenant, at: now)) }
        unit.add(RequireConfiguration(tenant: tenant, version: configuration.version))
        for (creation, (change, promises)) in zip(creations, kept) {
            addRequirement(creation.facts, of: creation.change.after.content, in: tenant, to: &unit)
            writer.add(change, promises: promises, to: &unit.statements)
        }
        do {
            _ = try await environment.database.run(unit)
        } catch StoreError.configurationChanged {
            for requester in new.compactMap(\.content.requesterID) { environment.requesters.forget(requester, in: tenant) }
            throw StoreError.configurationChanged
        }
        for (change, promises) in kept { writer.wake(change, promises: promises) }
        return .done(tickets)
    }

    private struct Creation {
        let change: TicketChange
        let facts: RequesterFacts?
    }

    /// Decides what all of them are; what is wrong with any of them is collected.
    private func creations(
        of new: [NewTicket],
        by actor: Actor,
        at now: Timestamp,
        configuration: TenantConfiguration
    ) async throws -> [Creation] {
        var creations: [Creation] = []
        var problems: [FieldProblem] = []
        for (index, ticket) in new.enumerated() {
            let facts = try await requesterFacts(of: ticket.content, in: configuration.tenant)
            if facts == nil, ticket.content.requesterID != nil { problems.append(TicketValidation.unknownRequester.inside("/\(index)")) }
            do {
                let change = try await creation(of: ticket, facts: facts, by: actor, at: now, configuration: configuration)
                creations.append(Creation(change: change, facts: facts))
            } catch UseCaseError.invalid(let found) {
                problems += found.map { $0.inside("/\(index)") }
            }
        }
        guard problems.isEmpty else { throw UseCaseError.invalid(problems) }
        return creations
    }
}

extension FieldProblem {
    /// The same in a larger whole.
    fileprivate func inside(_ pointer: String) -> FieldProblem {
        FieldProblem(pointer + self.pointer, code: code, detail: detail)
    }
}
