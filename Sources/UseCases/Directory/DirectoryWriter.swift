import Domain
import Store

/// Writes the directory: everything that a new thing or an edit brings with it goes into one transaction.
///
/// Writers of one tenant's configuration go one after the other; commands on tickets never wait for them.
struct DirectoryWriter: Sendable {
    let environment: UseCaseEnvironment
    let tools: DirectoryTools

    /// - Throws: ``UseCaseError/invalid(_:)`` naming every wrong field, ``UseCaseError/duplicate(field:)``, ``StoreError``.
    func create<Content: DirectoryContent>(
        _ content: Content,
        id: ID<Content.Kind>? = nil,
        in tenant: TenantID,
        idempotency: IdempotentWrite<Versioned<Content>>?
    ) async throws -> WriteOutcome<Versioned<Content>> {
        let now = try await environment.clock.now()
        let start = Start<Content>(tenant: tenant, id: nil, idempotency: idempotency)
        return try await translatingDuplicates(of: Content.self, idempotency: idempotency, tenant: tenant) {
            try await environment.database.transaction(start.unit) { transaction, result in
                if let record = try start.replay(result) { return .replayed(record) }
                let situation = DirectorySituation<Content>(before: nil, now: now, tools: tools)
                let settled = content.settled(in: situation)
                let after = Versioned(id: id ?? environment.identifiers.next(), version: 1, content: settled, createdAt: now, updatedAt: now)
                let change = DirectoryChange(tenant: tenant, before: nil, after: after)
                try await check(settled, in: situation, tenant: tenant, transaction: transaction)
                return .done(try await commit(change, idempotency: idempotency, transaction: transaction))
            }
        }
    }

    /// - Parameters:
    ///   - expectedVersion: the versions that the caller accepts (If-Match); nil accepts any.
    ///   - time: when it is edited; nil for now. For whoever made the new content from what held at a time.
    ///   - sequels: further versions that the change brings with it, in their order; the last is what the thing is from then on.
    ///   - edit: makes the new content from the present one; giving the same again changes nothing, the version neither.
    /// - Throws: ``UseCaseError``, ``StoreError``, what `edit` and `sequels` throw.
    func update<Content: DirectoryContent>(
        _ id: ID<Content.Kind>,
        in tenant: TenantID,
        expectedVersion: ExpectedVersions?,
        at time: Timestamp? = nil,
        idempotency: IdempotentWrite<Versioned<Content>>?,
        sequels: @escaping @Sendable (DirectoryChange<Content>, TenantTransaction) async throws -> [Content] = { _, _ in [] },
        _ edit: @escaping @Sendable (Content) throws -> Content
    ) async throws -> WriteOutcome<Versioned<Content>> {
        let now: Timestamp
        if let time { now = time } else { now = try await environment.clock.now() }
        let start = Start<Content>(tenant: tenant, id: id, idempotency: idempotency)
        return try await translatingDuplicates(of: Content.self, idempotency: idempotency, tenant: tenant) {
            try await environment.database.transaction(start.unit) { transaction, result in
                if let record = try start.replay(result) { return .replayed(record) }
                guard let before = try start.before(result) else { throw UseCaseError.notFound }
                if before.content.isDeleted { throw UseCaseError.gone }
                if let expectedVersion, !expectedVersion.contain(before.version) { throw UseCaseError.versionMismatch(current: before.version) }
                let content = try edit(before.content)
                guard content != before.content else {
                    return .done(try await commitUnchanged(before, idempotency: idempotency, tenant: tenant, at: now, transaction: transaction))
                }
                let situation = DirectorySituation(before: before, now: max(now, before.updatedAt), tools: tools)
                let change = situation.change(of: before, to: content, tenant: tenant)
                try await check(change.after.content, in: situation, tenant: tenant, transaction: transaction)
                var further: [DirectoryChange<Content>] = []
                for sequel in try await sequels(change, transaction) {
                    let latest = further.last?.after ?? change.after
                    let situation = DirectorySituation(before: latest, now: situation.now, tools: tools)
                    further.append(situation.change(of: latest, to: sequel, tenant: tenant))
                    try await check(further[further.count - 1].after.content, in: situation, tenant: tenant, transaction: transaction)
                }
                return .done(try await commit(change, followedBy: further, idempotency: idempotency, transaction: transaction))
            }
        }
    }

    /// How the transaction of every write begins, in one flush. The locks come first, so that all that follows sees what earlier writers left: of two
    /// repeats of one request at once, the second finds the answer of the first. That of the key is the first of all: it tells whom one waits for.
    private struct Start<Content: DirectoryContent>: Sendable {
        let unit: TenantUnit
        private let lock: StatementHandle<LockConfiguration>?
        /// Something new that needs no lock names no other row of its tenant: that there is one is read all the same (``TenantErasure``).
        private let presence: StatementHandle<LoadConfigurationVersion>?
        private let record: StatementHandle<LockContent<Content>>?
        private let earlier: StatementHandle<LoadIdempotencyRecord>?
        private let idempotency: IdempotentWrite<Versioned<Content>>?

        /// - Parameter id: nil for something new.
        init(tenant: TenantID, id: ID<Content.Kind>?, idempotency: IdempotentWrite<Versioned<Content>>?) {
            var unit = TenantUnit(tenant)
            if let idempotency { unit.add(idempotency.lock()) }
            lock = Content.maximumCount == nil ? nil : unit.add(LockConfiguration(tenant: tenant))
            presence = Content.maximumCount == nil && id == nil ? unit.add(LoadConfigurationVersion(tenant: tenant)) : nil
            record = id.map { unit.add(LockContent<Content>(tenant: tenant, id: $0)) }
            earlier = idempotency.map { unit.add($0.load(in: tenant)) }
            self.idempotency = idempotency
            self.unit = unit
        }

        /// The stored answer where the write was done before.
        func replay(_ result: StoreResult) throws -> IdempotencyRecord? {
            if let lock, try result.first(lock) == nil { throw UseCaseError.notFound }
            if let presence, try result.first(presence) == nil { throw UseCaseError.notFound }
            guard let earlier, let idempotency, let record = try result.first(earlier) else { return nil }
            return try idempotency.checked(record)
        }

        /// What is to be edited.
        func before(_ result: StoreResult) throws -> Versioned<Content>? {
            try record.flatMap { try result.first($0) }
        }
    }

    private func check<Content: DirectoryContent>(
        _ content: Content,
        in situation: DirectorySituation<Content>,
        tenant: TenantID,
        transaction: TenantTransaction
    ) async throws {
        var references = ReferenceCheck()
        content.addReferences(to: &references)
        var problems = content.problems(in: situation) + (try await references.problems(in: tenant, transaction: transaction))
        problems += try await content.linkProblems(of: situation.before?.id, tenant: tenant, transaction: transaction)
        guard problems.isEmpty else { throw UseCaseError.invalid(problems) }
        try await Content.checkRoom(isNew: situation.before == nil, tenant: tenant, transaction: transaction)
    }

    private func commit<Content: DirectoryContent>(
        _ change: DirectoryChange<Content>,
        followedBy sequels: [DirectoryChange<Content>] = [],
        idempotency: IdempotentWrite<Versioned<Content>>?,
        transaction: TenantTransaction
    ) async throws -> Versioned<Content> {
        let (tenant, after) = (change.tenant, sequels.last?.after ?? change.after)
        let reevaluation = try await Content.reevaluation(of: change, in: transaction)
        var statements = StatementList()
        // First: of two at once the second must find its key taken, not its name.
        if let idempotency { statements.add(idempotency.insert(after, in: tenant, at: after.updatedAt)) }
        for change in [change] + sequels {
            Content.write(change, to: &statements)
            Content.keep(change, tools: tools, in: &statements)
        }
        let signal = Content.signal(of: change)
        switch signal {
        case .none: break
        case .queue(let queue): statements.add(SignalQueue(tenant: tenant, queue: queue, id: environment.identifiers.next()))
        case .calendar(let calendar):
            statements.add(SignalQueuesOfCalendar(tenant: tenant, calendar: calendar, id: environment.identifiers.next()))
        case .site(let site): statements.add(SignalQueuesOfSite(tenant: tenant, site: site, id: environment.identifiers.next()))
        case .waiting: statements.add(SignalWaitingQueues(tenant: tenant, id: environment.identifiers.next()))
        case .agent(let agent): statements.add(SignalQueuesOfAgents(tenant: tenant, agents: [agent], id: environment.identifiers.next()))
        }
        let overflow = Content.overflow(after: change)
        if let overflow { statements.add(RestartOverflow(tenant: tenant, subject: overflow, id: environment.identifiers.next())) }
        if Content.advancesConfiguration(change) { statements.add(AdvanceConfiguration(tenant: tenant)) }
        if let reevaluation { addReevaluation(reevaluation, after: change, to: &statements) }
        _ = try await transaction.commit(statements)
        if signal != .none || overflow != nil { environment.wakeUps.send(.routing) }
        if reevaluation != nil { environment.wakeUps.send(.timers) }
        return after
    }

    /// Asks the schedulers to measure the live tickets anew; what an earlier edit asked for is done with it.
    private func addReevaluation<Content: DirectoryContent>(
        _ cause: SLAReevaluation.Cause,
        after change: DirectoryChange<Content>,
        to statements: inout StatementList
    ) {
        let (tenant, time, id) = (change.tenant, change.after.updatedAt, change.after.id)
        statements.add(SupersedeReevaluation(tenant: tenant, time: time))
        let subject = ID<SLAReevaluation.Subject>(high: id.high, low: id.low)
        statements.add(
            InsertReevaluation(tenant: tenant, id: environment.identifiers.next(), cause: cause, subject: subject, time: time)
        )
    }

    private func commitUnchanged<Content: DirectoryContent>(
        _ record: Versioned<Content>,
        idempotency: IdempotentWrite<Versioned<Content>>?,
        tenant: TenantID,
        at time: Timestamp,
        transaction: TenantTransaction
    ) async throws -> Versioned<Content> {
        if let idempotency { try await transaction.commit(idempotency.insert(record, in: tenant, at: time)) }
        return record
    }

    private func translatingDuplicates<Content: DirectoryContent>(
        of type: Content.Type,
        idempotency: IdempotentWrite<Versioned<Content>>?,
        tenant: TenantID,
        _ body: () async throws -> WriteOutcome<Versioned<Content>>
    ) async throws -> WriteOutcome<Versioned<Content>> {
        do {
            return try await body()
        } catch StoreError.duplicate(let constraint) {
            if idempotency != nil, constraint == InsertIdempotencyRecord.constraint {
                return .replayed(try await environment.database.replay(idempotency, in: tenant))
            }
            if let field = Content.uniqueField, constraint == Content.uniqueConstraint { throw UseCaseError.duplicate(field: field) }
            if let field = Content.furtherUnique[constraint] { throw UseCaseError.duplicate(field: field) }
            throw StoreError.duplicate(constraint: constraint)
        }
    }
}
