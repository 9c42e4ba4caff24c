import Domain
import Store

/// Keeps a ticket's clocks in step with its events: which policy applies, what starts, stops and pauses, and what has run out meanwhile.
struct PromiseKeeper: Sendable {
    let configuration: TenantConfiguration
    let rules: TicketRules
    private let identifiers = IdentifierSource()

    /// What a change means to the clocks.
    struct Settled {
        /// With the events that it caused.
        let change: TicketChange
        /// The thresholds that turned out to be passed.
        let firings: [SLAFiring]
        /// Of the plans that these start.
        let tasks: [TicketTask]
    }

    /// Completes a change: adds the events that its promises cause, and says what happens to the clocks.
    ///
    /// - Parameters:
    ///   - change: what the command decided.
    ///   - situation: the clocks before.
    ///   - made: of a ticket that has no ledger what its earlier events give; nil: not made yet.
    ///   - history: gives the ticket's earlier events in order, some at a time; asked only where it has no ledger yet but may need one, and where another ticket is
    ///     merged into it.
    /// A promise that cannot be measured, by a calendar that does not reach so far for example, hinders no work on the ticket: its clocks then
    /// stay as they are, which `docket doctor` tells.
    ///
    /// - Throws: ``SLAError`` where an escalation is asked for, whose run could not be kept; `history`'s errors.
    func keep(
        _ change: TicketChange,
        situation: PromiseSituation,
        made: ReplayedClocks? = nil,
        history: (_ page: ([TicketEvent]) throws -> Void) async throws -> Void = { _ in }
    ) async throws -> (change: TicketChange, promises: PromiseChange) {
        let unchanged = PromiseChange(nothingOf: change.after.id, nextDueAt: situation.ledger?.nextDueAt, at: change.after.updatedAt)
        let causes = EscalationCauses(of: change, configuration: configuration)
        let isConcerned = configuration.promises.hasPolicies || situation.ledger != nil || !situation.runs.isEmpty || !causes.isEmpty
        guard !change.events.isEmpty, isConcerned else { return (change, unchanged) }
        do {
            return try await measured(change, situation: situation, made: made, history: history)
        } catch is SLAError where causes.requests.isEmpty {
            return (change, unchanged)
        }
    }

    private func measured(
        _ change: TicketChange,
        situation: PromiseSituation,
        made: ReplayedClocks?,
        history: (_ page: ([TicketEvent]) throws -> Void) async throws -> Void
    ) async throws -> (change: TicketChange, promises: PromiseChange) {
        var ledger = situation.ledger ?? SLALedger()
        var past = SLAPast()
        var leftOut: [SLATimer] = []
        let asksForPast = change.events.contains { if case .verb(.absorbed) = $0.payload { true } else { false } }
        if situation.ledger == nil, let made {
            (ledger, leftOut) = try made.ended()
        } else if change.before != nil, situation.ledger == nil || asksForPast {
            var replay = SLAHistoryReplay(engine: configuration.promises.engine, keepsPromised: situation.ledger == nil)
            do {
                try await history { page in try replay.follow(page.flatMap { $0.signals(lifecycle: rules.lifecycle) }) }
                let earlier = try replay.ended()
                past = earlier.past
                // Policies came after the ticket: its clocks are made from its history.
                if situation.ledger == nil { (ledger, leftOut) = (earlier.ledger, try replay.leftOut()) }
            } catch let error as SLAError {
                // A history that cannot be replayed any more must not keep the merge from the clocks: then nothing is known to have stood still.
                guard asksForPast, situation.ledger != nil else { throw error }
            }
        }
        var runs = situation.runs
        let settled = try settle(change, ledger: &ledger, runs: &runs, past: past)
        let promises = PromiseChange(
            of: change.after.id,
            from: situation,
            to: ledger,
            leftOut: leftOut,
            runs: runs,
            firings: settled.firings,
            tasks: settled.tasks,
            at: settled.change.after.updatedAt
        )
        return (settled.change, promises)
    }

    /// Applies a change's events to the clocks, and what follows from that to the runs.
    ///
    /// - Parameter past: of the ticket, where another one is merged into it.
    /// - Throws: ``SLAError``.
    func settle(
        _ change: TicketChange,
        ledger: inout SLALedger,
        runs: inout [EscalationRunRecord],
        past: SLAPast = SLAPast()
    ) throws(SLAError) -> Settled {
        try apply(choosePolicy(for: change, ledger: ledger), ledger: &ledger, runs: &runs, past: past)
    }

    /// What an edit of the configuration means to a ticket that nobody changes (sla.md, Timers, "Policy").
    ///
    /// - Parameters:
    ///   - situation: its clocks.
    ///   - made: what its history gives where it has none.
    ///   - isForced: whether the clocks are armed again although policy and calendar are the same: the rules of time zones are others, and none were
    ///     kept with the calendar's version (decision 0028).
    ///   - organization: where the ticket belongs from now on; nil: where it did.
    /// - Returns: nil where nothing else is promised to it than before, and no level waits for another time; a change without events where only a level does.
    /// - Throws: ``SLAError``; the ticket is left as it is then.
    func reevaluate(
        _ ticket: Ticket,
        situation: PromiseSituation,
        made: ReplayedClocks?,
        isForced: Bool = false,
        organization: OrganizationID?? = nil,
        at now: Timestamp
    ) throws(SLAError) -> (change: TicketChange, promises: PromiseChange)? {
        let earlier = situation.ledger == nil ? try made?.ended() : nil
        var ledger = situation.ledger ?? earlier?.ledger ?? SLALedger()
        let promise = configuration.promises.promise(for: ticket.moving(to: organization), queues: configuration.queues)
        // Nobody knows since when a ticket belongs elsewhere: what its move changes holds from now on.
        let since = organization == nil ? sinceEdit(of: ticket, to: promise, ledger: ledger, before: max(now, ticket.updatedAt)) : nil
        var payloads = promiseEvents(promise, facts: ledger.facts, since: since)
        let isRepetition = payloads.isEmpty && isForced && ledger.hasLiveTimers
        if isRepetition {
            let facts = ledger.facts
            let same = TicketEvent.PolicyChanged(policy: facts.policy, calendar: facts.calendar, calendarSource: promise?.calendarSource)
            payloads = [.policyChanged(same)]
        }
        if let organization {
            payloads.insert(.organizationChanged(TicketEvent.OrganizationChanged(from: ticket.content.organizationID, to: organization)), at: 0)
        }
        let keeper = EscalationKeeper(configuration: configuration, lifecycle: rules.lifecycle)
        var runs = situation.runs
        guard !payloads.isEmpty else {
            runs = keeper.recount(runs, of: ticket, ledger: ledger, at: now)
            guard runs != situation.runs else { return nil }
            let moved = PromiseChange(of: ticket.id, from: situation, to: ledger, runs: runs, firings: [], at: now)
            return (TicketChange(of: ticket, by: .scheduler, at: now, []), moved)
        }
        let change = TicketChange(of: ticket, by: .scheduler, at: now, payloads)
        let applied = try apply(change, ledger: &ledger, runs: &runs)
        runs = keeper.recount(runs, of: applied.change.after, ledger: ledger, at: now)
        let promises = PromiseChange(
            of: ticket.id,
            from: situation,
            to: ledger,
            leftOut: earlier?.leftOut ?? [],
            runs: runs,
            firings: applied.firings,
            tasks: applied.tasks,
            at: change.after.updatedAt
        )
        let isSame = promises.runs.isEmpty && situation.ledger?.hasSameDeadlines(as: ledger) == true
        if isRepetition, organization == nil, isSame { return nil }
        return (applied.change, promises)
    }

    private func apply(
        _ change: TicketChange,
        ledger: inout SLALedger,
        runs: inout [EscalationRunRecord],
        past: SLAPast = SLAPast()
    ) throws(SLAError) -> Settled {
        let missed = change.before.map { ledger.signalsMissed(by: $0, lifecycle: rules.lifecycle) } ?? []
        let signals = missed + change.events.flatMap { $0.signals(lifecycle: rules.lifecycle) }
        // A ticket that no policy ever matched has no clocks to move; they are made from its history when one does.
        let hasClocks = change.before == nil || ledger != SLALedger()
        var past = past
        var firings = hasClocks ? try configuration.promises.engine.apply(signals, to: &ledger, past: &past) : []
        let causes = EscalationCauses(of: change, configuration: configuration)
        // No clock hears of an acknowledgement: what was passed before it is looked at for its own sake (decision 0041). An edit of before now leaves the time since then.
        let isEarlier = change.events.contains { if case .policyChanged(let changed) = $0.payload { changed.since != nil } else { false } }
        if !causes.acknowledged.isEmpty || isEarlier { firings += ledger.fire(now: change.after.updatedAt) }
        let keeper = EscalationKeeper(configuration: configuration, lifecycle: rules.lifecycle)
        runs = keeper.follow(
            runs,
            of: change.after.id,
            ledger: ledger,
            firings: firings,
            causes: causes,
            state: change.after.state,
            at: change.after.updatedAt
        )
        let starts = rules.start(configuration.playbooks, after: firings, on: change.after)
        let tasks = starts.tasks(for: change.after.id, at: change.after.updatedAt) { identifiers.next() }
        return Settled(change: change.appending(firings.map(\.payload) + starts.map(\.payload), by: .system), firings: firings, tasks: tasks)
    }

    private func choosePolicy(for change: TicketChange, ledger: SLALedger) -> TicketChange {
        guard let before = change.before else {
            let promise = configuration.promises.promise(for: change.after, queues: configuration.queues)
            let promised = change.promising(promise?.policy, calendar: promise?.calendar, source: promise?.calendarSource)
            return promised.appending(promise.map(cancellation) ?? [], by: .system)
        }
        var facts = ledger.facts
        var edits: [TicketEvent.Payload] = []
        // An edit that has not reached the ticket yet came before this change, and held for the ticket as it was.
        if configuration.promises.edits.concern(facts) {
            let edited = configuration.promises.promise(for: before, queues: configuration.queues)
            if let since = sinceEdit(of: before, to: edited, ledger: ledger, before: change.after.updatedAt) {
                edits = policyEvents(edited, facts: facts, since: since)
                (facts.policy, facts.calendar) = (edited?.policy, edited?.calendar)
            }
        }
        return change.appending(edits + promiseEvents(for: change.after, facts: facts), by: .system)
    }

    /// What the present configuration changes for a ticket with clocks that know these facts; nothing once it is closed, merged or cancelled.
    func promiseEvents(for ticket: Ticket, facts: SLAFacts) -> [TicketEvent.Payload] {
        guard !facts.isFinished else { return [] }
        return promiseEvents(configuration.promises.promise(for: ticket, queues: configuration.queues), facts: facts)
    }

    /// - Parameter since: from when on it does; nil: from now on.
    private func promiseEvents(_ promise: PromiseConfiguration.Applicable?, facts: SLAFacts, since: Timestamp? = nil) -> [TicketEvent.Payload] {
        guard !facts.isFinished else { return [] }
        return policyEvents(promise, facts: facts, since: since) + (promise.map(cancellation) ?? [])
    }

    private func policyEvents(_ promise: PromiseConfiguration.Applicable?, facts: SLAFacts, since: Timestamp?) -> [TicketEvent.Payload] {
        guard promise?.policy != facts.policy || promise?.calendar != facts.calendar else { return [] }
        let (policy, calendar) = (promise?.policy, promise?.calendar)
        return [
            .policyChanged(
                TicketEvent.PolicyChanged(policy: policy, calendar: calendar, calendarSource: promise?.calendarSource, since: since)
            )
        ]
    }

    /// From when on the edit holds that has not reached a ticket yet: from its own time, but after all that the ticket's clocks and history know. What fell due by then has
    /// fallen due; what would have later does so as the edit says (decision 0066).
    ///
    /// - Returns: nil where it holds from now on: nothing was edited, or nobody knows when.
    private func sinceEdit(
        of ticket: Ticket,
        to promise: PromiseConfiguration.Applicable?,
        ledger: SLALedger,
        before now: Timestamp
    ) -> Timestamp? {
        guard let last = ledger.facts.lastSignalAt, let time = configuration.promises.edits.time(of: promise, after: ledger.facts) else { return nil }
        let passed = ledger.timers.flatMap(\.fired).map(\.at).max() ?? last
        let since = max(time, max(last, ticket.updatedAt, passed).adding(microseconds: 1))
        return since < now ? since : nil
    }

    private func cancellation(_ promise: PromiseConfiguration.Applicable) -> [TicketEvent.Payload] {
        promise.cancelCondition.map { [.promiseCancelled(TicketEvent.PromiseCancelled(policy: promise.policy, condition: $0))] } ?? []
    }
}

extension SLALedger {
    /// Whether any promised clock can still run out.
    fileprivate var hasLiveTimers: Bool { timers.contains { $0.endedAt == nil && $0.promise != nil } }

    /// Whether all clocks run out when those of another ledger do.
    fileprivate func hasSameDeadlines(as other: SLALedger) -> Bool {
        guard timers.count == other.timers.count else { return false }
        return zip(timers, other.timers).allSatisfy { $0.dueAt == $1.dueAt && $0.breachAt == $1.breachAt && $0.pending == $1.pending }
    }
}
