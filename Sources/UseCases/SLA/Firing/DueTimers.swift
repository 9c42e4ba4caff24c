public import Domain
import Store

/// Fires what is due for one tenant, exactly once: thresholds of timers, the plans that missed targets start (features.md A3.16), and levels of escalation chains (sla.md, Firing).
///
/// A batch is one transaction. The tickets are locked first; then their clocks are read and judged by the database's time, so that whatever stopped
/// a clock before this moment has won. Row, events, firings, tasks, clocks and outbox are committed together, or not at all.
public struct DueTimers: Sendable {
    let environment: UseCaseEnvironment

    /// The most tickets of a batch.
    public static let batchLimit = 1_000

    public init(environment: UseCaseEnvironment) {
        self.environment = environment
    }

    /// - Parameters:
    ///   - limit: the most tickets to take up, and fewer where several timers of one are due; at most ``batchLimit``.
    ///   - excluding: tickets to leave alone.
    ///   - position: behind what to begin.
    /// - Throws: ``StoreError`` when the database cannot be used now, ``DueBatchFailure``, ``UseCaseError``; nothing was done then.
    public func fire(in tenant: TenantID, limit: Int, excluding: [TicketID] = [], behind position: DuePosition = .start) async throws -> DueReport {
        let limit = min(max(limit, 1), Self.batchLimit)
        let done = try await environment.configurations.withConfiguration(of: tenant) { configuration in
            try await attempt(configuration, limit: limit, excluding: excluding, behind: position)
        }
        done.effects.wake(environment.wakeUps)
        return done.report
    }

    private typealias Done = (report: DueReport, effects: DueBatchWriter.Effects)

    private func attempt(
        _ configuration: TenantConfiguration,
        limit: Int,
        excluding: [TicketID],
        behind position: DuePosition
    ) async throws -> Done {
        let tenant = configuration.tenant
        var first = TenantUnit(tenant)
        first.add(RequireConfiguration(tenant: tenant, version: configuration.version))
        let claim = first.add(ClaimDueTickets(tenant: tenant, limit: limit, excluded: excluding, behind: position))
        return try await environment.database.transaction(first) { transaction, result in
            let claimed = try result.rows(claim)
            guard !claimed.isEmpty else { return (DueReport(), DueBatchWriter.Effects()) }
            var seen: Set<TicketID> = []
            let reached = claimed.last.flatMap { last in last.dueAt.map { DuePosition(dueAt: $0, ticket: last.id) } }
            let heads = claimed.filter { seen.insert($0.id).inserted }
            do {
                var done = try await fire(heads, configuration: configuration, transaction: transaction)
                done.report.hasMore = done.report.hasMore || claimed.count == limit
                done.report.reached = reached
                return done
            } catch let error as StoreError where error.passesWithTime {
                throw error
            } catch let error as CancellationError {
                throw error
            } catch {
                throw DueBatchFailure(tickets: heads.map(\.id), reached: reached, reason: error)
            }
        }
    }

    private func fire(
        _ heads: [DueTicket],
        configuration: TenantConfiguration,
        transaction: TenantTransaction
    ) async throws -> Done {
        let tenant = configuration.tenant
        var statements = StatementList()
        let time = statements.add(ReadTime())
        let ledgers = statements.add(LoadLedgers(tenant: tenant, tickets: heads.map(\.id)))
        let runs = statements.add(LoadRuns(tenant: tenant, tickets: heads.map(\.id)))
        let result = try await transaction.run(statements)
        guard let now = try result.first(time) else { throw UseCaseError.busy }
        var batch = DueBatch(configuration: configuration, rules: environment.rules, now: now)
        batch.judge(heads, ledgers: try result.rows(ledgers), runs: try result.rows(runs))
        if !batch.ticketsToMeasure.isEmpty {
            let isDescribed = configuration.promises.looksAtDescriptions
            let read = LoadTicketsToMeasure(tenant: tenant, tickets: batch.ticketsToMeasure, withDescriptions: isDescribed)
            batch.remeasure(try await transaction.rows(of: read).compactMap(\.self))
        }
        if !batch.ticketsToRead.isEmpty {
            try await complete(&batch, tenant: tenant, transaction: transaction)
        }
        batch.settle()
        batch.report.claimed = heads.count
        let writer = DueBatchWriter(configuration: configuration, environment: environment, now: now)
        let measured = batch.measured
        let effects = try await writer.write(batch.outcomes, in: transaction) { statements in
            guard measured.changed > 0 else { return }
            statements.add(CountMeasuredAhead(tenant: tenant, changed: measured.changed, breached: measured.breached))
        }
        return (batch.report, effects)
    }

    /// Reads the tickets for which a level is due or a plan may start, resolves the levels' people, and locks the loads of those who get a ticket or lose one.
    private func complete(_ batch: inout DueBatch, tenant: TenantID, transaction: TenantTransaction) async throws {
        var statements = StatementList()
        let tickets = statements.add(LoadTickets(tenant: tenant, tickets: batch.ticketsToRead))
        let escalating = batch.escalating
        let onCall = batch.configuration.promises.onCall(at: batch.now)
        let people = escalating.isEmpty ? nil : statements.add(LoadEscalationPeople(tenant: tenant, runs: escalating, onCall: onCall))
        let result = try await transaction.run(statements)
        batch.take(try result.rows(tickets))
        guard let people else { return }
        var called = EscalationPeople(try result.rows(people), rotas: onCall, zones: batch.configuration.promises.zones)
        if escalating.contains(where: { $0.run.chain.levels.contains { $0.actions.contains(.reassign) } }) {
            called.away = Set(try await transaction.rows(of: LoadAwayAgents(tenant: tenant, agents: called.everybody)))
        }
        batch.escalate(people: called)
        try await lockLoads(of: &batch, tenant: tenant, transaction: transaction)
        // Who was deactivated meanwhile is nobody: without him the level may find somebody else, or give the ticket to nobody, and then its wait goes on.
        var attempts = 0
        while !batch.missingTakers.isEmpty {
            attempts += 1
            called.forget(batch.missingTakers)
            // At last those are enough whose loads are locked already.
            if attempts == Self.takerAttempts { called.away.formUnion(Set(called.everybody).subtracting(batch.loads.keys)) }
            batch.escalate(people: called)
            try await lockLoads(of: &batch, tenant: tenant, transaction: transaction)
        }
    }

    /// How often somebody else is looked for in place of people who are deactivated while a batch is decided.
    private static let takerAttempts = 3

    private func lockLoads(of batch: inout DueBatch, tenant: TenantID, transaction: TenantTransaction) async throws {
        guard !batch.agentsToLock.isEmpty else { return }
        var locks = StatementList()
        let loads = locks.add(LockAgentLoads(tenant: tenant, agents: batch.agentsToLock))
        for row in try await transaction.run(locks).rows(loads) { batch.loads[row.agent] = row }
    }
}

extension StoreError {
    /// Whether the same work may succeed later without anybody changing it.
    var passesWithTime: Bool {
        switch self {
        case .configurationChanged, .unavailable, .outcomeUnknown, .contention, .idempotencyKeyInUse: true
        case .duplicate, .missingReference, .tookTooLong, .unexpected: false
        }
    }
}
