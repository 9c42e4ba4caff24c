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

    /// What a decision about an existing ticket may look at.
    struct Situation: Sendable {
        let ticket: Ticket
        let now: Timestamp
        let configuration: TenantConfiguration
        let transaction: TenantTransaction
    }

    /// Changes an existing ticket: locks its row, decides, writes, commits.
    ///
    /// - Parameters:
    ///   - expectedVersion: the version that the caller saw (If-Match); nil accepts any.
    ///   - decide: returns the change, or throws a refusal; may look at more in the transaction.
    /// - Throws: ``UseCaseError``, ``StoreError``.
    func change(
        _ id: TicketID,
        of tenant: TenantID,
        expectedVersion: Int64?,
        idempotency: IdempotentCall?,
        _ decide: @escaping @Sendable (Situation) async throws -> TicketChange
    ) async throws -> CommandOutcome {
        do {
            return try await environment.configurations.withConfiguration(of: tenant) { configuration in
                let now = try await environment.clock.now()
                return try await attempt(id, of: configuration, expectedVersion: expectedVersion, idempotency: idempotency, at: now, decide)
            }
        } catch let refusal as TicketRefusal {
            throw UseCaseError.refused(refusal)
        } catch StoreError.duplicate(InsertIdempotencyRecord.constraint) {
            return .replayed(try await replay(idempotency, of: tenant))
        }
    }

    private func attempt(
        _ id: TicketID,
        of configuration: TenantConfiguration,
        expectedVersion: Int64?,
        idempotency: IdempotentCall?,
        at now: Timestamp,
        _ decide: @escaping @Sendable (Situation) async throws -> TicketChange
    ) async throws -> CommandOutcome {
        let tenant = configuration.tenant
        var first = TenantUnit(tenant)
        first.add(RequireConfiguration(tenant: tenant, version: configuration.version))
        let locked = first.add(LockTicket(tenant: tenant, ticket: id))
        // Behind the lock: the first request of the same key may be at work still, and its record is there when the lock is free.
        let earlier = idempotency.map { first.add(LoadIdempotencyRecord(tenant: tenant, principal: $0.principal, key: $0.key)) }
        let promises = PromiseSituation.Handles(tenant: tenant, ticket: id, adding: &first)
        let writer = TicketWriter(tenant: tenant, environment: environment, configuration: configuration)
        return try await environment.database.transaction(first) { transaction, result in
            if let earlier, let idempotency, let record = try result.first(earlier) {
                return .replayed(try idempotency.checked(record))
            }
            guard let ticket = try result.first(locked) else { throw UseCaseError.notFound }
            if let expectedVersion, expectedVersion != ticket.version { throw UseCaseError.versionMismatch(current: ticket.version) }
            let situation = Situation(ticket: ticket, now: now, configuration: configuration, transaction: transaction)
            let keeper = PromiseKeeper(configuration: configuration, rules: environment.rules)
            let (change, promised) = try await keeper.keep(
                try await givingUpBookings(try await decide(situation), in: tenant, transaction: transaction),
                situation: try PromiseSituation(handles: promises, result: result),
                history: { try await Self.history(of: id, in: tenant, transaction: transaction) }
            )
            var statements = StatementList()
            writer.add(change, promises: promised, to: &statements)
            if let idempotency {
                statements.add(
                    InsertIdempotencyRecord(
                        tenant: tenant,
                        principal: idempotency.principal,
                        key: idempotency.key,
                        record: idempotency.answer(change.after),
                        time: now
                    )
                )
            }
            if !statements.isEmpty { _ = try await transaction.commit(statements) }
            writer.wake(change, promises: promised)
            return .done(change)
        }
    }

    /// The most events of one ticket: beyond them commands on it are refused rather than half understood.
    static let maximumHistory = 100_000

    static func history(of id: TicketID, in tenant: TenantID, transaction: TenantTransaction) async throws -> [TicketEvent] {
        var statements = StatementList()
        let handle = statements.add(LoadEvents(tenant: tenant, ticket: id, limit: maximumHistory))
        return try await transaction.run(statements).rows(handle)
    }

    /// The stored answer to a repeated command.
    func replay(_ idempotency: IdempotentCall?, of tenant: TenantID) async throws -> IdempotencyRecord {
        guard let idempotency, let record = try await record(of: idempotency, tenant: tenant) else { throw UseCaseError.busy }
        return record
    }

    /// The stored answer to a command, where it was done before.
    func record(of idempotency: IdempotentCall, tenant: TenantID) async throws -> IdempotencyRecord? {
        var unit = TenantUnit(tenant)
        let handle = unit.add(LoadIdempotencyRecord(tenant: tenant, principal: idempotency.principal, key: idempotency.key))
        return try await environment.database.run(unit).first(handle).map { try idempotency.checked($0) }
    }
}

extension IdempotentCall {
    /// The stored answer, if it was the answer to this very request.
    func checked(_ record: IdempotencyRecord) throws(UseCaseError) -> IdempotencyRecord {
        guard record.fingerprint == fingerprint else { throw .idempotencyKeyReused }
        return record
    }
}
