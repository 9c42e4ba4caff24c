import Domain
import Store

/// The commands on tickets: authorised callers come in here, and nothing else writes a ticket (design.md 3).
///
/// Each command loads what the decision needs, lets Domain decide, and writes everything in one transaction.
public struct TicketCommands: Sendable {
    let environment: UseCaseEnvironment

    public init(environment: UseCaseEnvironment) {
        self.environment = environment
    }

    /// Changes an existing ticket: locks its row, decides, writes, commits.
    ///
    /// - Parameter decide: returns the change, or throws a refusal; may look at more in the transaction.
    /// - Throws: ``UseCaseError``, ``StoreError``.
    func change(
        _ request: TicketRequest,
        _ decide: @escaping @Sendable (Situation) async throws -> TicketChange
    ) async throws -> CommandOutcome {
        try await changeJointly(request) { JointChange(answer: try await decide($0)) }
    }

    /// Changes several tickets, or one and a new one, in one transaction: everything or nothing.
    ///
    /// - Parameters:
    ///   - others: those that are locked beside the one that the request names; the command finds out itself which of them exist.
    ///   - decide: returns the changes, or throws a refusal; may look at more in the transaction.
    /// - Throws: ``UseCaseError``, ``StoreError``.
    func changeJointly(
        _ request: TicketRequest,
        with others: [TicketID] = [],
        _ decide: @escaping @Sendable (Situation) async throws -> JointChange
    ) async throws -> CommandOutcome {
        do {
            return try await environment.configurations.withConfiguration(of: request.tenant) { configuration in
                let now = try await environment.clock.now()
                return try await attempt(request, with: others, configuration: configuration, at: now, decide)
            }
        } catch let refusal as TicketRefusal {
            throw UseCaseError.refused(refusal)
        } catch StoreError.duplicate(InsertIdempotencyRecord.constraint) {
            return .replayed(try await environment.database.replay(request.idempotency, in: request.tenant))
        }
    }

    private func attempt(
        _ request: TicketRequest,
        with others: [TicketID],
        configuration: TenantConfiguration,
        at now: Timestamp,
        _ decide: @escaping @Sendable (Situation) async throws -> JointChange
    ) async throws -> CommandOutcome {
        let tenant = request.tenant
        let ids = Set([request.ticket] + others).sorted()
        var first = TenantUnit(tenant)
        if let idempotency = request.idempotency { first.add(idempotency.lock()) }
        first.add(RequireConfiguration(tenant: tenant, version: configuration.version))
        let locked = ids.map { first.add(LockTicket(tenant: tenant, ticket: $0)) }
        let earlier = request.idempotency.map { first.add($0.load(in: tenant)) }
        let promises = ids.map { (id: $0, handles: PromiseSituation.Handles(tenant: tenant, ticket: $0, adding: &first)) }
        return try await environment.database.transaction(first) { transaction, result in
            if let earlier, let idempotency = request.idempotency, let record = try result.first(earlier) {
                return .replayed(try idempotency.checked(record))
            }
            let tickets = Dictionary(try locked.compactMap { try result.first($0) }.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
            guard let ticket = tickets[request.ticket] else { throw UseCaseError.notFound }
            if let agent = request.confinedTo, ticket.assigneeID != agent { throw TicketRefusal.verb(.notYours) }
            if let expected = request.expectedVersion, !expected.contain(ticket.version) {
                throw UseCaseError.versionMismatch(current: ticket.version)
            }
            let situation = Situation(
                ticket: ticket,
                tickets: tickets,
                promises: Dictionary(
                    try promises.map { ($0.id, try PromiseSituation(handles: $0.handles, result: result)) },
                    uniquingKeysWith: { first, _ in first }
                ),
                now: now,
                configuration: configuration,
                transaction: transaction
            )
            do {
                return .done(try await commit(try await decide(situation), in: situation, idempotency: request.idempotency))
            } catch TicketRefusal.verb(.requiredTasksOpen(let open)) {
                let first = try await transaction.rows(of: LoadOpenTasks(tenant: tenant, ticket: ticket.id))
                throw TicketRefusal.verb(.requiredTasksOpen(OpenTasks(count: open.count, first: first)))
            }
        }
    }

    private func commit(_ joint: JointChange, in situation: Situation, idempotency: IdempotentCall?) async throws -> TicketChange {
        let tenant = situation.tenant
        let writer = TicketWriter(tenant: tenant, environment: environment, configuration: situation.configuration)
        var statements = StatementList()
        let answer = try await complete(joint.answer, in: situation)
        var completed = [answer]
        for change in joint.others { completed.append(try await complete(change, in: situation)) }
        for (change, promises) in completed { writer.add(change, promises: promises, to: &statements) }
        joint.write(&statements)
        if let idempotency { statements.add(idempotency.insert(answer.change.after, in: tenant, at: situation.now)) }
        if !statements.isEmpty { _ = try await situation.transaction.commit(statements) }
        for (change, promises) in completed { writer.wake(change, promises: promises) }
        return answer.change
    }

    /// What a change brings with it: a ticket that it closes gives up its bookings, and its clocks go by what happened.
    private func complete(_ change: TicketChange, in situation: Situation) async throws -> (change: TicketChange, promises: PromiseChange) {
        let id = change.after.id
        return try await PromiseKeeper(configuration: situation.configuration, rules: environment.rules).keep(
            try await givingUpBookings(change, in: situation),
            situation: situation.promises[id] ?? .none,
            history: { try await TicketHistory(ticket: id, tenant: situation.tenant, transaction: situation.transaction).eachPage($0) }
        )
    }

    /// The most events that are read at once. What needs a ticket's whole history reads on (``TicketHistory``).
    static let maximumHistory = 100_000
}
