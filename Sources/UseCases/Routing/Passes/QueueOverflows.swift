import Domain
import Store

/// Moves tickets that have waited too long on to their queue's overflow queue, with their place in time kept.
///
/// While the other queue is closed they stay: nobody would get them there, and here somebody may (decision 38). So do those whose sites are closed: nobody would get them
/// in any queue (decision 47).
struct QueueOverflows: Sendable {
    let environment: UseCaseEnvironment
    let failures: FailureSink

    /// Microseconds after which a ticket that could not be moved is tried again.
    private static let retryAfter: Int64 = 300_000_000
    /// The longest wait for an opening that nobody has told of otherwise, in microseconds: a calendar may be taken over by other rules of its zone meanwhile.
    private static let longestWait: Int64 = 86_400_000_000
    /// Microseconds.
    private static let shortestWait: Int64 = 1_000_000

    /// What came of a batch.
    struct Outcome: Sendable {
        var moved = 0
        /// Whether there may be more, or something was put off: the next pass stores when those tickets are to be looked at otherwise.
        var hasMore = false
        /// Whether nothing could be done now, so that the queue rests before it is looked at again.
        var isStalled = false
    }

    /// Moves one batch; where that fails, its tickets one by one, so that none holds up the others. What cannot be moved now is put off.
    ///
    /// - Throws: ``StoreError``, where the database cannot be reached; nothing was changed then.
    func run(_ queue: QueueID, of tenant: TenantID) async throws -> Outcome {
        let outcome = try await failures.attempt(tenant) {
            try await environment.configurations.withConfiguration(of: tenant) { configuration in
                guard let overflow = configuration.overflow(of: queue) else { return Outcome() }
                return try await attempt(queue, overflow, configuration: configuration)
            }
        }
        if let outcome { return outcome }
        let list = ListOverflowing(tenant: tenant, queue: queue)
        guard let due = try await failures.attempt(tenant, { try await environment.database.rows(list, of: tenant) }) else {
            return Outcome(hasMore: true, isStalled: true)
        }
        var staying: [TicketID] = []
        for ticket in due where try await !move(ticket, from: queue, of: tenant) { staying.append(ticket) }
        let putOff = staying.isEmpty ? 0 : try await putOff(staying, in: queue, of: tenant)
        return Outcome(moved: due.count - staying.count, hasMore: putOff > 0 || (staying.isEmpty && due.count == LockOverflowing.limit))
    }

    /// - Returns: whether it was moved.
    private func move(_ ticket: TicketID, from queue: QueueID, of tenant: TenantID) async throws -> Bool {
        let isMoved = try await failures.attempt(tenant, ticket: ticket) {
            try await TicketCommands(environment: environment).changeAsDispatcher(ticket, of: tenant) { situation in
                let configuration = situation.configuration
                guard let overflow = configuration.overflow(of: queue), !configuration.isClosed(overflow.queueID, at: situation.now),
                    closedSite(of: situation.ticket, configuration, at: situation.now) == nil
                else { return .unchanged(situation.ticket) }
                return decide(situation.ticket, in: queue, overflow, now: situation.now) ?? .unchanged(situation.ticket)
            }
        }
        return isMoved ?? false
    }

    /// - Returns: how many were.
    private func putOff(_ tickets: [TicketID], in queue: QueueID, of tenant: TenantID) async throws -> Int {
        let count = try await failures.attempt(tenant) {
            let configuration = try await environment.configurations.configuration(of: tenant)
            let now = try await environment.clock.now()
            return try await environment.database.affected(
                putOff(.tickets(tickets), in: queue, until: now.adding(microseconds: Self.retryAfter), now: now, configuration),
                of: tenant
            )
        }
        return count ?? 0
    }

    private func putOff(
        _ scope: PutOffOverflows.Scope,
        in queue: QueueID,
        until time: Timestamp,
        now: Timestamp,
        _ configuration: TenantConfiguration
    ) -> PutOffOverflows {
        let known = configuration.queues[queue]
        return PutOffOverflows(
            tenant: configuration.tenant,
            queue: queue,
            scope,
            until: time,
            now: now,
            starts: known.map { $0.rules.lookStarts(isByDeadline: $0.order.isByDeadline) } ?? []
        )
    }

    private func attempt(_ queue: QueueID, _ overflow: QueueOverflow, configuration: TenantConfiguration) async throws -> Outcome {
        let tenant = configuration.tenant
        var first = TenantUnit(tenant)
        first.add(RequireConfiguration(tenant: tenant, version: configuration.version))
        let locked = first.add(LockOverflowing(tenant: tenant, queue: queue))
        let time = first.add(ReadTime())
        return try await environment.database.transaction(first) { transaction, result in
            let tickets = try result.rows(locked)
            guard !tickets.isEmpty, let now = try result.first(time) else { return Outcome() }
            if configuration.isClosed(overflow.queueID, at: now) {
                return Outcome(hasMore: try await waitForOpening(of: overflow.queueID, from: queue, now: now, configuration, transaction))
            }
            let situations = try await situations(of: tickets.map(\.id), in: tenant, transaction: transaction)
            let unreadable = tickets.map(\.id).filter { situations[$0] == nil }
            let deadlines = try await deadlines(of: unreadable, in: tenant, transaction: transaction)
            let keeper = PromiseKeeper(configuration: configuration, rules: environment.rules)
            let writer = TicketWriter(tenant: tenant, environment: environment, configuration: configuration)
            var statements = StatementList()
            var staying: [TicketID] = []
            var closed: Set<SiteID> = []
            var moved: [(change: TicketChange, promises: PromiseChange)] = []
            for ticket in tickets {
                if let site = closedSite(of: ticket, configuration, at: now) {
                    closed.insert(site)
                    continue
                }
                guard let decided = decide(ticket, in: queue, overflow, now: now) else {
                    staying.append(ticket.id)
                    continue
                }
                guard let situation = situations[ticket.id] else {
                    // Its clocks cannot be read: they stay as they are, as the doctor tells, and keep no ticket where it is. Its place is by what was last known of them.
                    let none = PromiseChange(nothingOf: ticket.id, nextDueAt: deadlines[ticket.id], at: decided.after.updatedAt)
                    writer.add(decided, promises: none, to: &statements)
                    moved.append((decided, none))
                    continue
                }
                let kept = try await keeper.keep(decided, situation: situation) {
                    try await TicketHistory(ticket: ticket.id, tenant: tenant, transaction: transaction).eachPage($0)
                }
                writer.add(kept.change, promises: kept.promises, to: &statements)
                moved.append((kept.change, kept.promises))
            }
            if !staying.isEmpty { statements.add(ClearOverflows(tenant: tenant, queue: queue, tickets: staying)) }
            // All others of these sites, too: they are not to take the room of those that can move.
            let waiting = closed.sorted().map { site in
                statements.add(
                    putOff(.site(site), in: queue, until: wait(for: configuration.nextOpening(of: site, after: now), now), now: now, configuration)
                )
            }
            let written = try await transaction.commit(statements)
            for (change, promises) in moved { writer.wake(change, promises: promises) }
            let isPutOff = waiting.contains { written.affected($0) > 0 }
            return Outcome(moved: moved.count, hasMore: isPutOff || tickets.count == LockOverflowing.limit)
        }
    }

    /// All that are to move on by now move when the other queue opens, if they wait then; other hours of it, another overflow or another queue are seen before
    /// (``RestartOverflow``).
    ///
    /// - Returns: whether there were any.
    private func waitForOpening(
        of target: QueueID,
        from queue: QueueID,
        now: Timestamp,
        _ configuration: TenantConfiguration,
        _ transaction: TenantTransaction
    ) async throws -> Bool {
        let time = wait(for: configuration.nextOpening(of: target, after: now), now)
        var statements = StatementList()
        let putOff = statements.add(putOff(.all, in: queue, until: time, now: now, configuration))
        return try await transaction.commit(statements).affected(putOff) > 0
    }

    /// When to ask again whether something is open.
    private func wait(for opening: Timestamp?, _ now: Timestamp) -> Timestamp {
        let latest = now.adding(microseconds: Self.longestWait)
        return max(min(opening ?? latest, latest), now.adding(microseconds: Self.shortestWait))
    }

    /// The ticket's site, where it is closed: in every queue the ticket waits for it.
    private func closedSite(of ticket: Ticket, _ configuration: TenantConfiguration, at now: Timestamp) -> SiteID? {
        ticket.content.siteID.flatMap { configuration.isClosed($0, at: now) ? $0 : nil }
    }

    /// nil where the ticket stays: it waits here no more, or has left this way before.
    private func decide(
        _ ticket: Ticket,
        in queue: QueueID,
        _ overflow: QueueOverflow,
        now: Timestamp
    ) -> TicketChange? {
        // Another time may have been set since the pass.
        guard ticket.content.queueID == queue, let since = ticket.waitsSince, overflow.time(since: since) <= now else { return nil }
        return try? environment.rules.overflow(ticket, to: overflow.queueID, at: now)
    }

    /// When the first promise of each ticket that is not kept yet is due, by the rows of its timers.
    private func deadlines(of tickets: [TicketID], in tenant: TenantID, transaction: TenantTransaction) async throws -> [TicketID: Timestamp] {
        guard !tickets.isEmpty else { return [:] }
        let running = [SLATimer.State.running, .breachedRunning].map(\.rawValue)
        let rows = try await transaction.rows(of: LoadOpenTimers(tenant: tenant, tickets: tickets)).filter { running.contains($0.timer.state) }
        let due = rows.compactMap { row in row.timer.dueAt.map { (row.ticket, $0) } }
        return Dictionary(due, uniquingKeysWith: min)
    }

    /// - Returns: without those whose clocks are stored and cannot be read.
    private func situations(of tickets: [TicketID], in tenant: TenantID, transaction: TenantTransaction) async throws
        -> [TicketID: PromiseSituation]
    {
        var statements = StatementList()
        let ledgers = statements.add(LoadLedgers(tenant: tenant, tickets: tickets))
        let runs = statements.add(LoadRuns(tenant: tenant, tickets: tickets))
        let result = try await transaction.run(statements)
        let live = Dictionary(grouping: try result.rows(runs), by: \.ticket)
        let clocks = Dictionary(try result.rows(ledgers).map { ($0.ticket, $0.ledger) }, uniquingKeysWith: { first, _ in first })
        var situations: [TicketID: PromiseSituation] = [:]
        for ticket in tickets {
            // A ticket that was promised nothing has no clocks, and may have runs.
            let stored = clocks[ticket]
            if case .some(.none) = stored { continue }
            situations[ticket] = PromiseSituation(ledger: stored ?? nil, runs: live[ticket] ?? [])
        }
        return situations
    }
}
