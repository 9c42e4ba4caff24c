import Domain
import Store

/// Writes a batch and commits it in one flush: one statement a kind of row, for all its tickets.
struct DueBatchWriter: Sendable {
    let configuration: TenantConfiguration
    let environment: UseCaseEnvironment
    let now: Timestamp

    /// Whom a batch concerns beside the schedulers.
    struct Effects: Hashable, Sendable {
        var hasEvents = false
        var hasDeliveries = false
        var hasRouting = false

        mutating func add(_ other: Effects) {
            hasEvents = hasEvents || other.hasEvents
            hasDeliveries = hasDeliveries || other.hasDeliveries
            hasRouting = hasRouting || other.hasRouting
        }

        /// After the commit.
        func wake(_ wakeUps: WakeUps) {
            if hasEvents { wakeUps.send(.events) }
            if hasDeliveries { wakeUps.send(.outbox) }
            if hasRouting { wakeUps.send(.routing) }
        }
    }

    private var tenant: TenantID { configuration.tenant }

    /// - Parameter closing: what is to be committed with it, at the end.
    func write(_ outcomes: [DueOutcome], in transaction: TenantTransaction, closing: (inout StatementList) -> Void = { _ in }) async throws -> Effects
    {
        var statements = StatementList()
        var effects = Effects()
        addTickets(outcomes, to: &statements, effects: &effects)
        addPromises(outcomes, to: &statements)
        addDeliveries(outcomes, to: &statements, effects: &effects)
        closing(&statements)
        _ = try await transaction.commit(statements)
        return effects
    }

    private func addTickets(_ outcomes: [DueOutcome], to statements: inout StatementList, effects: inout Effects) {
        let advances = outcomes.compactMap(\.advance)
        if !advances.isEmpty { statements.add(AdvanceTickets(tenant: tenant, advances: advances)) }
        let tasks = outcomes.compactMap(\.tasks)
        if !tasks.isEmpty { statements.add(SetTaskCounts(tenant: tenant, counts: tasks)) }
        let moves = outcomes.flatMap(\.moves)
        if !moves.isEmpty { statements.add(SetTicketOrganizations(tenant: tenant, moves: moves)) }
        let waiting = outcomes.filter { $0.head.isWaiting && $0.entry == nil }.compactMap(\.advance)
        if !waiting.isEmpty { statements.add(AdvanceRoutingEntries(tenant: tenant, advances: waiting)) }
        for outcome in outcomes {
            guard let change = outcome.change else { continue }
            statements.add(UpdateTicket(tenant: tenant, ticket: change.after, expectedVersion: outcome.head.version))
        }
        let events = outcomes.flatMap(\.events)
        effects.hasEvents = !events.isEmpty
        if !events.isEmpty { statements.add(InsertEvents(tenant: tenant, events: events)) }
        let followers = outcomes.flatMap { outcome in outcome.newFollowers.map { (outcome.head.id, $0) } }
        if !followers.isEmpty { statements.add(InsertFollowers(tenant: tenant, followers: followers, time: now)) }
        addEntries(outcomes, to: &statements, effects: &effects)
        addRouting(outcomes, to: &statements, effects: &effects)
    }

    /// The places of waiting tickets whose promises changed.
    private func addEntries(_ outcomes: [DueOutcome], to statements: inout StatementList, effects: inout Effects) {
        let entries = outcomes.compactMap(\.entry)
        guard !entries.isEmpty else { return }
        for entry in entries { statements.add(PutRoutingEntry(tenant: tenant, entry: entry)) }
        for queue in Set(entries.map(\.queueID)).sorted() {
            statements.add(SignalQueue(tenant: tenant, queue: queue, id: environment.identifiers.next()))
        }
        effects.hasRouting = true
    }

    /// Queues and loads of tickets that a level changed; the loads were locked before.
    private func addRouting(_ outcomes: [DueOutcome], to statements: inout StatementList, effects: inout Effects) {
        var loads: [AdjustLoads.Change] = []
        for outcome in outcomes {
            guard let change = outcome.change else { continue }
            let effect = TicketEffects(of: change, dueAt: outcome.promises.nextDueAt, rules: environment.rules, configuration: configuration)
            switch effect.queue {
            case .none: break
            case .remove: statements.add(DeleteRoutingEntry(tenant: tenant, ticket: change.after.id))
            case .put(let entry):
                statements.add(PutRoutingEntry(tenant: tenant, entry: entry))
                statements.add(SignalQueue(tenant: tenant, queue: entry.queueID, id: environment.identifiers.next()))
                effects.hasRouting = true
            }
            loads += effect.loads
            if let former = change.before?.assigneeID, former != change.after.assigneeID {
                statements.add(RecordFormerAgent(tenant: tenant, agent: former, ticket: change.after.id))
            }
        }
        guard !loads.isEmpty else { return }
        statements.add(AdjustLoads(tenant: tenant, changes: loads, time: now))
        let freed = Set(loads.filter { $0.delta < 0 }.map(\.agent)).sorted()
        if !freed.isEmpty {
            statements.add(SignalQueuesOfAgents(tenant: tenant, agents: freed, id: environment.identifiers.next()))
            effects.hasRouting = true
        }
    }

    private func addPromises(_ outcomes: [DueOutcome], to statements: inout StatementList) {
        let batch = PromiseBatch(
            first: outcomes.filter(\.isFirstLedger).map(\.promises),
            further: outcomes.filter { !$0.isFirstLedger }.map(\.promises)
        )
        batch.add(tenant: tenant, at: now, to: &statements)
        let steps = outcomes.flatMap(\.steps).map { ($0.run, $0.firing) }
        if !steps.isEmpty { statements.add(InsertEscalationFirings(tenant: tenant, firings: steps, time: now)) }
    }

    private func addDeliveries(_ outcomes: [DueOutcome], to statements: inout StatementList, effects: inout Effects) {
        let events = outcomes.flatMap(\.events)
        if configuration.hasWebhooks, !events.isEmpty {
            statements.add(EnqueueWebhooks(tenant: tenant, events: events, time: now))
            effects.hasDeliveries = true
        }
        let calls = outcomes.flatMap { outcome in
            outcome.calls.map { EnqueueEscalationWebhooks.Call(ticket: outcome.head.id, sequence: $0.sequence, endpoint: $0.endpoint) }
        }
        if !calls.isEmpty {
            statements.add(EnqueueEscalationWebhooks(tenant: tenant, calls: calls, time: now))
            effects.hasDeliveries = true
        }
        let mails = outcomes.flatMap { outcome -> [EnqueueMail.Mail] in
            guard let ticket = outcome.ticket else { return [] }
            return EscalationMail.mails(of: outcome.steps, about: ticket).map { EnqueueMail.Mail(id: $0.id, payload: $0.payload, ticket: ticket.id) }
        }
        if !mails.isEmpty {
            statements.add(EnqueueMail(tenant: tenant, mails: mails, time: now))
            effects.hasDeliveries = true
        }
        let holds = outcomes.flatMap(\.holds)
        if !holds.isEmpty { statements.add(InsertHeldNotices(tenant: tenant, notices: holds)) }
    }
}
