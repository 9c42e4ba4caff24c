public import Domain
import Store

/// Measures a tenant's live tickets anew after an edit of its policies, calendars or queues (sla.md, Timers, "Policy").
///
/// Its work is divided into parts of some hundred tickets. A part is one transaction: it locks the part and the tickets that nobody else has, chooses their
/// policies by the newest configuration, writes what changed, and deletes the part. A worker that dies leaves the part as it was; any number may work at a
/// time. Tickets that somebody else has locked stay in the part for a later try. Parts are made in a ring, which a newer edit goes on with: it is done when it
/// has been once round since the last edit.
public struct Reevaluations: Sendable {
    let environment: UseCaseEnvironment
    private let partSize: Int
    private let maximumEvents: Int

    /// Tickets of one part: their rows are locked together for some ten milliseconds.
    public static let partSize = 250
    /// Tickets that one division looks at.
    static let horizon = 16_000

    public init(environment: UseCaseEnvironment, partSize: Int = Self.partSize) {
        self.init(environment: environment, partSize: partSize, maximumEvents: ReevaluationBatch.maximumEvents)
    }

    /// - Parameter maximumEvents: how many events the histories have together that one transaction reads; one alone may have more.
    package init(environment: UseCaseEnvironment, partSize: Int = Self.partSize, maximumEvents: Int) {
        self.environment = environment
        self.partSize = max(1, partSize)
        self.maximumEvents = maximumEvents
    }

    /// Does one step: divides further, or measures the tickets of one part. Whoever takes steps tells others by ``announce(_:)``.
    ///
    /// - Throws: ``StoreError`` when the database cannot be used now, ``UseCaseError``; nothing was done then.
    public func step(in tenant: TenantID) async throws -> ReevaluationReport {
        do {
            return try await environment.configurations.withConfiguration(of: tenant) { try await attempt($0) }
        } catch let failure as ReevaluationFailure {
            return try await split(failure, of: tenant)
        }
    }

    /// Wakes those whom some steps concern, once for all of them: each wake-up is a transaction of its own, and makes everybody look.
    public func announce(_ reports: [ReevaluationReport]) {
        var effects = DueBatchWriter.Effects()
        for report in reports { effects.add(report.effects) }
        effects.wake(environment.wakeUps)
    }

    private func attempt(_ configuration: TenantConfiguration) async throws -> ReevaluationReport {
        let tenant = configuration.tenant
        var first = TenantUnit(tenant)
        first.add(RequireConfiguration(tenant: tenant, version: configuration.version))
        // In this order: what was asked for with the part must be known to whoever has it (``JoinReevaluation``).
        let claim = first.add(ClaimReevaluationPart(tenant: tenant))
        let live = first.add(LoadLiveReevaluation(tenant: tenant))
        return try await environment.database.transaction(first) { transaction, result in
            guard let live = try result.first(live) else { return ReevaluationReport(.idle) }
            guard live.isSettled else { return ReevaluationReport(.blocked) }
            if let part = try result.first(claim), part.reevaluation == live.id {
                do {
                    var report = try await work(on: part, of: live, configuration: configuration, transaction: transaction)
                    report.transactions = live.transactions
                    return report
                } catch let error as StoreError where error.passesWithTime {
                    throw error
                } catch let error as CancellationError {
                    throw error
                } catch {
                    throw ReevaluationFailure(part: part, reason: error)
                }
            }
            guard !live.isDivided else { return ReevaluationReport(.blocked) }
            return try await divide(live.id, tenant: tenant, transaction: transaction)
        }
    }

    private func divide(_ reevaluation: SLAReevaluationID, tenant: TenantID, transaction: TenantTransaction) async throws -> ReevaluationReport {
        var statements = StatementList()
        statements.add(DeleteOldReevaluationParts(tenant: tenant, reevaluation: reevaluation))
        let made = statements.add(DivideReevaluation(tenant: tenant, reevaluation: reevaluation, horizon: Self.horizon, partSize: partSize))
        return ReevaluationReport(try await transaction.commit(statements).first(made) == nil ? .blocked : .more)
    }

    private func work(
        on part: ReevaluationPart,
        of live: LoadLiveReevaluation.Row,
        configuration: TenantConfiguration,
        transaction: TenantTransaction
    ) async throws -> ReevaluationReport {
        let tenant = configuration.tenant
        var statements = StatementList()
        let isDescribed = configuration.promises.looksAtDescriptions
        let locked = statements.add(LockFreeTickets(tenant: tenant, tickets: part.tickets, withDescriptions: isDescribed))
        let ledgers = statements.add(LoadLedgers(tenant: tenant, tickets: part.tickets))
        let runs = statements.add(LoadRuns(tenant: tenant, tickets: part.tickets))
        let moves = live.movesTickets ? statements.add(LoadMovedTickets(tenant: tenant, tickets: part.tickets)) : nil
        let time = statements.add(ReadTime())
        let result = try await transaction.run(statements)
        guard let now = try result.first(time) else { throw UseCaseError.busy }
        var batch = ReevaluationBatch(configuration: configuration, rules: environment.rules, isForced: live.isForced, now: now)
        if let moves {
            batch.moves = Dictionary(try result.rows(moves).map { ($0.ticket, $0.organization) }, uniquingKeysWith: { first, _ in first })
        }
        let known = Dictionary(try result.rows(ledgers).map { ($0.ticket, $0.ledger) }, uniquingKeysWith: { first, _ in first })
        let tickets = try result.rows(locked)
        let unknown = tickets.filter { known[$0.id] == nil && batch.needsHistory($0) }
        let first = Self.prefix(unknown, maximumEvents: maximumEvents)
        let later = Set(unknown.dropFirst(first.count).map(\.id))
        let made = try await clocks(of: first, configuration: configuration, transaction: transaction)
        batch.judge(
            tickets.filter { !later.contains($0.id) },
            ledgers: known,
            runs: Dictionary(grouping: try result.rows(runs), by: \.ticket),
            made: made
        )
        let held = Set(part.tickets).subtracting(tickets.map(\.id))
        return try await write(batch, part: part, held: held, later: later, transaction: transaction)
    }

    /// As many tickets as one transaction reads the histories of: at least one.
    private static func prefix(_ tickets: [Ticket], maximumEvents: Int) -> [Ticket] {
        var events = 0
        return tickets.prefix(ReevaluationBatch.historyLimit).enumerated().prefix { offset, ticket in
            events += ticket.lastSequence
            return offset == 0 || events <= maximumEvents
        }.map(\.element)
    }

    /// What the histories of tickets without clocks give; a long one is read in pages.
    private func clocks(
        of tickets: [Ticket],
        configuration: TenantConfiguration,
        transaction: TenantTransaction
    ) async throws -> [TicketID: ReplayedClocks] {
        let tenant = configuration.tenant
        let none = ReplayedClocks(engine: configuration.promises.engine, lifecycle: environment.rules.lifecycle)
        guard let first = tickets.first else { return [:] }
        var made: [TicketID: ReplayedClocks] = [:]
        guard tickets.count > 1 else {
            var clocks = none
            try await TicketHistory(ticket: first.id, tenant: tenant, transaction: transaction).eachPage { clocks.follow($0) }
            return [first.id: clocks]
        }
        let read = try await transaction.rows(of: LoadHistories(tenant: tenant, tickets: tickets.map(\.id), limit: maximumEvents))
        for (ticket, events) in Dictionary(grouping: read, by: \.ticketID) {
            var clocks = none
            clocks.follow(events)
            made[ticket] = clocks
        }
        return made
    }

    /// - Parameters:
    ///   - held: tickets that somebody else has locked.
    ///   - later: tickets that this transaction has no room for.
    private func write(
        _ batch: ReevaluationBatch,
        part: ReevaluationPart,
        held: Set<TicketID>,
        later: Set<TicketID>,
        transaction: TenantTransaction
    ) async throws -> ReevaluationReport {
        let tenant = batch.configuration.tenant
        let rest = part.tickets.filter { held.contains($0) || later.contains($0) }
        var progress = batch.progress
        progress.isPartDone = rest.isEmpty
        let writer = DueBatchWriter(configuration: batch.configuration, environment: environment, now: batch.now)
        var report = ReevaluationReport(.more)
        report.effects = try await writer.write(batch.outcomes, in: transaction) { statements in
            if rest.isEmpty {
                statements.add(DeleteReevaluationPart(tenant: tenant, part: part))
            } else {
                let pause = later.isEmpty ? Self.heldPause : 0
                statements.add(DeferReevaluationPart(tenant: tenant, part: part, tickets: rest, failures: part.failures, seconds: pause))
            }
            statements.add(CountReevaluation(tenant: tenant, part: part, progress: progress))
        }
        report.examined = progress.examined
        report.changed = progress.changed
        report.breached = progress.breached
        report.failed = progress.failed
        return report
    }

    /// Seconds after which tickets that somebody had locked are tried again.
    private static let heldPause = 0.1

    /// Finds the ticket that makes a part fail, by halves; whoever fails alone is left as it is and counted.
    private func split(_ failure: ReevaluationFailure, of tenant: TenantID) async throws -> ReevaluationReport {
        let part = failure.part
        var first = TenantUnit(tenant)
        let lock = first.add(LockReevaluationPart(tenant: tenant, part: part))
        return try await environment.database.transaction(first) { transaction, result in
            guard try result.first(lock) != nil else { return ReevaluationReport(.blocked) }
            var statements = StatementList()
            var report = ReevaluationReport(.more)
            if part.tickets.count > 1 {
                let (left, right) = (part.tickets.prefix(part.tickets.count / 2), part.tickets.suffix(from: part.tickets.count / 2))
                let failures = part.failures + 1
                statements.add(DeferReevaluationPart(tenant: tenant, part: part, tickets: Array(left), failures: failures, seconds: 0))
                statements.add(InsertReevaluationPart(tenant: tenant, reevaluation: part.reevaluation, tickets: Array(right), failures: failures))
                statements.add(CountReevaluation(tenant: tenant, part: part, progress: CountReevaluation.Progress()))
            } else {
                var progress = CountReevaluation.Progress()
                progress.examined = part.tickets.count
                progress.failed = part.tickets.count
                progress.error = "the database refused it"
                progress.isPartDone = true
                report.failed = part.tickets.count
                statements.add(DeleteReevaluationPart(tenant: tenant, part: part))
                statements.add(CountReevaluation(tenant: tenant, part: part, progress: progress))
            }
            _ = try await transaction.commit(statements)
            return report
        }
    }
}
