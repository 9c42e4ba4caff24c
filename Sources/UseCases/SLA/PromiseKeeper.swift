import Domain
import Store

/// Keeps a ticket's clocks in step with its events: which policy applies, what starts, stops and pauses, and what has run out meanwhile.
struct PromiseKeeper: Sendable {
    let configuration: TenantConfiguration
    let rules: TicketRules

    /// Completes a change: adds the events that its promises cause, and says what happens to the clocks.
    ///
    /// - Parameters:
    ///   - change: what the command decided.
    ///   - situation: the clocks before.
    ///   - history: the ticket's earlier events, asked for only where it has no ledger yet but may need one.
    /// A promise that cannot be measured, by a calendar that does not reach so far for example, hinders no work on the ticket: its clocks then
    /// stay as they are, which `docket doctor` tells.
    ///
    /// - Throws: ``SLAError`` where an escalation is asked for, whose run could not be kept; `history`'s errors.
    func keep(
        _ change: TicketChange,
        situation: PromiseSituation,
        history: () async throws -> [TicketEvent]
    ) async throws -> (change: TicketChange, promises: PromiseChange) {
        let unchanged = PromiseChange(nothingOf: change.after.id, at: change.after.updatedAt)
        let causes = EscalationCauses(of: change, configuration: configuration)
        let isConcerned = configuration.promises.hasPolicies || situation.ledger != nil || !situation.runs.isEmpty || !causes.isEmpty
        guard !change.events.isEmpty, isConcerned else { return (change, unchanged) }
        do {
            return try await measured(change, situation: situation, history: history)
        } catch is SLAError where causes.requests.isEmpty {
            return (change, unchanged)
        }
    }

    private func measured(
        _ change: TicketChange,
        situation: PromiseSituation,
        history: () async throws -> [TicketEvent]
    ) async throws -> (change: TicketChange, promises: PromiseChange) {
        var ledger = situation.ledger ?? SLALedger()
        if situation.ledger == nil, change.before != nil {
            // Policies came after the ticket: its clocks are made from its history.
            _ = try configuration.promises.engine.apply(try await history().flatMap { $0.signals(lifecycle: rules.lifecycle) }, to: &ledger)
        }
        var runs = situation.runs
        let settled = try settle(change, ledger: &ledger, runs: &runs)
        let promises = PromiseChange(
            of: change.after.id,
            from: situation,
            to: ledger,
            runs: runs,
            firings: settled.firings,
            at: settled.change.after.updatedAt
        )
        return (settled.change, promises)
    }

    /// Applies a change's events to the clocks, and what follows from that to the runs.
    ///
    /// - Returns: the change with the events that were caused, and the thresholds that turned out to be passed.
    /// - Throws: ``SLAError``.
    func settle(
        _ change: TicketChange,
        ledger: inout SLALedger,
        runs: inout [StoredRun]
    ) throws(SLAError) -> (change: TicketChange, firings: [SLAFiring]) {
        let chosen = choosePolicy(for: change, facts: ledger.facts)
        let signals = chosen.events.flatMap { $0.signals(lifecycle: rules.lifecycle) }
        let firings = try configuration.promises.engine.apply(signals, to: &ledger)
        let keeper = EscalationKeeper(promises: configuration.promises)
        runs = try keeper.follow(
            runs,
            of: chosen.after.id,
            ledger: ledger,
            firings: firings,
            causes: EscalationCauses(of: chosen, configuration: configuration),
            isWaiting: chosen.after.state == .waitingAssignment,
            at: chosen.after.updatedAt
        )
        return (chosen.appending(firings.map(\.payload), by: .system), firings)
    }

    private func choosePolicy(for change: TicketChange, facts: SLAFacts) -> TicketChange {
        let promise = configuration.promises.promise(for: change.after, queues: configuration.queues)
        if change.before == nil { return change.promising(promise?.policy, calendar: promise?.calendar) }
        guard promise?.policy != facts.policy || promise?.calendar != facts.calendar else { return change }
        return change.appending([.policyChanged(TicketEvent.PolicyChanged(policy: promise?.policy, calendar: promise?.calendar))], by: .system)
    }
}

extension SLAFiring {
    /// The event that records this firing.
    var payload: TicketEvent.Payload {
        let fired = TicketEvent.TimerFired(
            metric: metric.rawValue,
            instance: instance,
            threshold: threshold.description,
            targetVersion: targetVersion,
            scheduledFor: scheduledFor,
            isSuppressed: isSuppressed
        )
        return threshold == .breach ? .timerBreached(fired) : .timerWarned(fired)
    }
}
