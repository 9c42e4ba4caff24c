import Domain
import Store

/// Moves tickets that have waited too long on to their queue's overflow queue, with their place in time kept.
struct QueueOverflows: Sendable {
    let environment: UseCaseEnvironment
    let failures: FailureSink

    /// Moves one batch; where that fails, its tickets one by one, so that none holds up the others.
    ///
    /// - Returns: whether there may be more.
    /// - Throws: ``StoreError``, where the database cannot be reached; nothing was changed then.
    func run(_ queue: QueueID, of tenant: TenantID) async throws -> Bool {
        let moved = try await failures.attempt(tenant) {
            try await environment.configurations.withConfiguration(of: tenant) { configuration in
                guard let overflow = configuration.overflow(of: queue) else { return false }
                return try await attempt(queue, overflow, configuration: configuration)
            }
        }
        if let moved { return moved }
        for ticket in try await environment.database.rows(ListOverflowing(tenant: tenant, queue: queue), of: tenant) {
            try await failures.attempt(tenant, ticket: ticket) {
                try await TicketCommands(environment: environment).changeAsDispatcher(ticket, of: tenant) { situation in
                    guard let overflow = situation.configuration.overflow(of: queue) else { return .unchanged(situation.ticket) }
                    return decide(situation.ticket, in: queue, overflow, now: situation.now) ?? .unchanged(situation.ticket)
                }
            }
        }
        // What stays is found again, but not at once.
        return false
    }

    private func attempt(_ queue: QueueID, _ overflow: QueueOverflow, configuration: TenantConfiguration) async throws -> Bool {
        let tenant = configuration.tenant
        var first = TenantUnit(tenant)
        first.add(RequireConfiguration(tenant: tenant, version: configuration.version))
        let locked = first.add(LockOverflowing(tenant: tenant, queue: queue))
        let time = first.add(ReadTime())
        return try await environment.database.transaction(first) { transaction, result in
            let tickets = try result.rows(locked)
            guard !tickets.isEmpty, let now = try result.first(time) else { return false }
            let situations = try await situations(of: tickets.map(\.id), in: tenant, transaction: transaction)
            let keeper = PromiseKeeper(configuration: configuration, rules: environment.rules)
            let writer = TicketWriter(tenant: tenant, environment: environment, configuration: configuration)
            var statements = StatementList()
            var staying: [TicketID] = []
            var moved: [(change: TicketChange, promises: PromiseChange)] = []
            for ticket in tickets {
                guard let decided = decide(ticket, in: queue, overflow, now: now) else {
                    staying.append(ticket.id)
                    continue
                }
                let kept = try await keeper.keep(decided, situation: situations[ticket.id] ?? .none) {
                    try await TicketCommands.history(of: ticket.id, in: tenant, transaction: transaction)
                }
                writer.add(kept.change, promises: kept.promises, to: &statements)
                moved.append((kept.change, kept.promises))
            }
            if !staying.isEmpty { statements.add(ClearOverflows(tenant: tenant, tickets: staying)) }
            _ = try await transaction.commit(statements)
            for (change, promises) in moved { writer.wake(change, promises: promises) }
            return tickets.count == LockOverflowing.limit
        }
    }

    /// nil where the ticket stays: it waits here no more, or has left this way before.
    private func decide(
        _ ticket: Ticket,
        in queue: QueueID,
        _ overflow: QueueOverflow,
        now: Timestamp
    ) -> TicketChange? {
        // Another time may have been set since the pass.
        guard ticket.content.queueID == queue, let eligibleAt = ticket.eligibleAt, overflow.time(eligibleAt: eligibleAt) <= now else { return nil }
        return try? environment.rules.overflow(ticket, to: overflow.queueID, at: now)
    }

    private func situations(of tickets: [TicketID], in tenant: TenantID, transaction: TenantTransaction) async throws
        -> [TicketID: PromiseSituation]
    {
        var statements = StatementList()
        let ledgers = statements.add(LoadLedgers(tenant: tenant, tickets: tickets))
        let runs = statements.add(LoadRuns(tenant: tenant, tickets: tickets))
        let result = try await transaction.run(statements)
        let live = Dictionary(grouping: try result.rows(runs), by: \.ticket)
        let clocks = Dictionary(try result.rows(ledgers).map { ($0.ticket, $0.ledger) }, uniquingKeysWith: { first, _ in first })
        // A ticket that was promised nothing has no clocks, and may have runs.
        return Dictionary(
            tickets.map { ($0, PromiseSituation(ledger: clocks[$0] ?? nil, runs: live[$0] ?? [])) },
            uniquingKeysWith: { first, _ in first }
        )
    }
}
