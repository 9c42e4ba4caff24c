import Domain
import Store

extension TicketCommands {
    /// Changes several tickets, or one and a new one, in one transaction: everything or nothing.
    ///
    /// - Parameters:
    ///   - ids: the tickets that exist; the first is the one that the request names, whose version `expectedVersion` is.
    ///   - decide: returns the changes, or throws a refusal; may look at more in the transaction.
    /// - Throws: ``UseCaseError``, ``StoreError``.
    func changeJointly(
        _ ids: [TicketID],
        of tenant: TenantID,
        expectedVersion: Int64?,
        idempotency: IdempotentCall?,
        _ decide: @escaping @Sendable (JointSituation) async throws -> JointChange
    ) async throws -> CommandOutcome {
        do {
            return try await environment.configurations.withConfiguration(of: tenant) { configuration in
                let now = try await environment.clock.now()
                return try await attempt(ids, of: configuration, expectedVersion: expectedVersion, idempotency: idempotency, at: now, decide)
            }
        } catch let refusal as TicketRefusal {
            throw UseCaseError.refused(refusal)
        } catch StoreError.duplicate(InsertIdempotencyRecord.constraint) {
            return .replayed(try await replay(idempotency, of: tenant))
        }
    }

    private func attempt(
        _ ids: [TicketID],
        of configuration: TenantConfiguration,
        expectedVersion: Int64?,
        idempotency: IdempotentCall?,
        at now: Timestamp,
        _ decide: @escaping @Sendable (JointSituation) async throws -> JointChange
    ) async throws -> CommandOutcome {
        let tenant = configuration.tenant
        var first = TenantUnit(tenant)
        first.add(RequireConfiguration(tenant: tenant, version: configuration.version))
        let locked = first.add(LockTickets(tenant: tenant, tickets: ids))
        // Behind the locks, as in a command on one ticket.
        let earlier = idempotency.map { first.add(LoadIdempotencyRecord(tenant: tenant, principal: $0.principal, key: $0.key)) }
        let promises = ids.map { (id: $0, handles: PromiseSituation.Handles(tenant: tenant, ticket: $0, adding: &first)) }
        return try await environment.database.transaction(first) { transaction, result in
            if let earlier, let idempotency, let record = try result.first(earlier) { return .replayed(try idempotency.checked(record)) }
            let situation = JointSituation(
                tickets: Dictionary(try result.rows(locked).map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first }),
                promises: Dictionary(
                    try promises.map { ($0.id, try PromiseSituation(handles: $0.handles, result: result)) },
                    uniquingKeysWith: { first, _ in first }
                ),
                now: now,
                configuration: configuration,
                transaction: transaction
            )
            if let subject = try ids.first.map({ id throws(UseCaseError) in try situation.ticket(id) }), let expectedVersion,
                expectedVersion != subject.version
            {
                throw UseCaseError.versionMismatch(current: subject.version)
            }
            return .done(try await commit(try await decide(situation), in: situation, idempotency: idempotency))
        }
    }

    private func commit(_ joint: JointChange, in situation: JointSituation, idempotency: IdempotentCall?) async throws -> TicketChange {
        let tenant = situation.tenant
        let keeper = PromiseKeeper(configuration: situation.configuration, rules: environment.rules)
        let writer = TicketWriter(tenant: tenant, environment: environment, configuration: situation.configuration)
        var statements = StatementList()
        var kept: [(change: TicketChange, promises: PromiseChange)] = []
        for change in [joint.answer] + joint.others {
            let id = change.after.id
            let (completed, promised) = try await keeper.keep(
                try await givingUpBookings(change, in: tenant, transaction: situation.transaction),
                situation: situation.promises[id] ?? .none,
                history: { try await Self.history(of: id, in: tenant, transaction: situation.transaction) }
            )
            kept.append((completed, promised))
            writer.add(completed, promises: promised, to: &statements)
        }
        guard let answer = kept.first?.change else { return joint.answer }
        joint.write(&statements)
        if let idempotency {
            statements.add(
                InsertIdempotencyRecord(
                    tenant: tenant,
                    principal: idempotency.principal,
                    key: idempotency.key,
                    record: idempotency.answer(answer.after),
                    time: situation.now
                )
            )
        }
        _ = try await situation.transaction.commit(statements)
        for (change, promises) in kept { writer.wake(change, promises: promises) }
        return answer
    }
}
