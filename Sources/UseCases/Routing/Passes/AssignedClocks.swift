import Domain
import Store

/// Keeps the clocks of tickets that a pass gives to agents, where a policy makes a difference between waiting and assigned: in the transaction of the
/// assignment, as every command does it (sla.md, Timers, "Policy").
///
/// Which tickets the guard accepts is known only when the batch has been written. So the clocks are read behind it in the same flush, under the locks that it
/// took, and written with the commit: a round trip and a fixed number of statements more, however many tickets. Where no policy of the tenant makes a
/// difference (``SLATransition``), nothing is asked.
///
/// Clocks of tickets to which nothing was promised so far are made from their events. Under the locks so many are read at most as ordinary tickets have; where there are more,
/// the batch is given up and begun anew with the tickets in front, and the first of all is read before anything is locked (``LongHistory``, ``ClocksAhead``).
struct AssignedClocks: Sendable {
    /// The most events that a batch reads under its locks.
    static let maximumEvents = 10_000

    let configuration: TenantConfiguration
    let rules: TicketRules
    let ahead: ClocksAhead?
    let maximumEvents: Int

    private var step: SLATransition { configuration.promises.assignment }
    private var tenant: TenantID { configuration.tenant }
    private var keeper: PromiseKeeper { PromiseKeeper(configuration: configuration, rules: rules) }

    /// Sends the statements so far, where the batch at their end may concern clocks, and begins the list anew with what follows for them.
    ///
    /// - Parameter order: the tickets of the batch, the first ones first.
    /// - Returns: the result of what was sent, and whether a scheduler has a new time to look at; nil where nothing was sent.
    /// - Throws: ``LongHistory``, ``StoreError``; the transaction is not to be committed then.
    func follow(
        _ batch: AssignmentCommit?,
        order: [TicketID],
        at now: Timestamp,
        _ statements: inout StatementList,
        in transaction: TenantTransaction
    ) async throws -> (result: StoreResult, armsTimer: Bool)? {
        guard let batch, !step.isWithoutEffect else { return nil }
        let policies = step.concernsConditions ? nil : Set(step.policies.map(\.id))
        let isDescribed = configuration.promises.looksAtDescriptions
        let clocks = statements.add(
            LoadAssignedClocks(tenant: tenant, tickets: batch.tickets, policies: policies, withDescriptions: isDescribed)
        )
        let runs = statements.add(LoadRuns(tenant: tenant, tickets: batch.tickets))
        let result = try await transaction.run(statements)
        statements = StatementList()
        let accepted = try batch.accepted(in: result)
        // Whoever was quicker with one of the others has written its clocks.
        let rows = try result.rows(clocks).filter { accepted.contains($0.ticket.id) && isConcerned($0) }
        let live = Dictionary(grouping: try result.rows(runs), by: \.ticket)
        let made = try await replay(rows.filter { $0.ledger == nil }.map(\.ticket), order: order, in: transaction)
        var kept: [Kept] = []
        for row in rows {
            if let one = try await keep(row, runs: live[row.ticket.id] ?? [], made: made[row.ticket.id]) { kept.append(one) }
        }
        add(kept, at: now, to: &statements)
        return (result, kept.contains(where: \.promises.armsTimer))
    }

    /// What follows for one ticket.
    private struct Kept {
        let after: Ticket
        /// Those behind the assignment's own.
        let events: [TicketEvent]
        let promises: PromiseChange
        let isFirst: Bool
        /// The ticket's tasks, where a promise was broken before anybody noticed, and a plan started.
        let tasks: TicketTaskCounts?
    }

    /// Clocks that cannot be read stay as they are, as the doctor tells; they keep no ticket from its agent.
    private func isConcerned(_ row: LoadAssignedClocks.Row) -> Bool {
        guard row.isReadable else { return false }
        guard let facts = row.ledger?.facts else {
            return configuration.promises.promise(for: row.ticket, queues: configuration.queues) != nil
        }
        guard !facts.isFinished else { return false }
        return facts.rulingPolicy.map(step.policies.contains) ?? false
            || (step.concernsConditions && !keeper.promiseEvents(for: row.ticket, facts: facts).isEmpty)
    }

    /// - Parameter made: the clocks that follow from the events of a ticket which has none.
    private func keep(_ row: LoadAssignedClocks.Row, runs: [EscalationRunRecord], made: ReplayedClocks?) async throws -> Kept? {
        guard let change = TicketChange(routing: row.ticket) else { return nil }
        let kept = try await keeper.keep(change, situation: PromiseSituation(ledger: row.ledger, runs: runs), made: made)
        return Kept(
            after: kept.change.after,
            events: Array(kept.change.events.dropFirst(change.events.count)),
            promises: kept.promises,
            isFirst: row.ledger == nil,
            tasks: kept.change.startedTasks
        )
    }

    /// Of tickets to which nothing was promised so far, as they were before the assignment.
    private func replay(_ tickets: [Ticket], order: [TicketID], in transaction: TenantTransaction) async throws -> [TicketID: ReplayedClocks] {
        var made: [TicketID: ReplayedClocks] = [:]
        var (events, short): (Int, [TicketID]) = (0, [])
        let places = Dictionary(order.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
        for ticket in tickets.sorted(by: { places[$0.id] ?? .max < places[$1.id] ?? .max }) {
            let known = ahead.flatMap { $0.ticket == ticket.id ? $0.clocks : nil }
            events += ticket.lastSequence - (known?.sequence ?? 0)
            guard events <= maximumEvents else { throw LongHistory(ticket: ticket.id, place: places[ticket.id] ?? 0) }
            made[ticket.id] = known ?? ReplayedClocks(engine: configuration.promises.engine, lifecycle: rules.lifecycle)
            guard known != nil else {
                short.append(ticket.id)
                continue
            }
            let history = TicketHistory(ticket: ticket.id, tenant: tenant, transaction: transaction)
            try await history.eachPage(after: known?.sequence ?? 0) { page in made[ticket.id]?.follow(page.filter { $0.version < ticket.version }) }
        }
        guard !short.isEmpty else { return made }
        let versions = Dictionary(tickets.map { ($0.id, $0.version) }, uniquingKeysWith: { first, _ in first })
        let read = try await transaction.rows(of: LoadHistories(tenant: tenant, tickets: short, limit: maximumEvents))
        for (ticket, events) in Dictionary(grouping: read, by: \.ticketID) {
            made[ticket]?.follow(events.filter { $0.version < versions[ticket] ?? .max })
        }
        return made
    }

    private func add(_ kept: [Kept], at now: Timestamp, to statements: inout StatementList) {
        let changed = kept.filter { !$0.events.isEmpty }
        if !changed.isEmpty {
            statements.add(InsertEvents(tenant: tenant, events: changed.flatMap(\.events)))
            let advances = changed.map {
                TicketAdvance(ticket: $0.after.id, version: $0.after.version, lastSequence: $0.after.lastSequence, updatedAt: $0.after.updatedAt)
            }
            statements.add(AdvanceTickets(tenant: tenant, advances: advances))
            let tasks = changed.compactMap(\.tasks)
            if !tasks.isEmpty { statements.add(SetTaskCounts(tenant: tenant, counts: tasks)) }
        }
        PromiseBatch(first: kept.filter(\.isFirst).map(\.promises), further: kept.filter { !$0.isFirst }.map(\.promises))
            .add(tenant: tenant, at: now, to: &statements)
    }
}
