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
    /// - Throws: ``SLAError`` for a policy that cannot be measured; `history`'s errors.
    func keep(
        _ change: TicketChange,
        situation: PromiseSituation,
        history: () async throws -> [TicketEvent]
    ) async throws -> (change: TicketChange, promises: PromiseChange) {
        let promises = configuration.promises
        guard !change.events.isEmpty, promises.hasPolicies || situation.ledger != nil else { return (change, nothing(of: change)) }
        var ledger = situation.ledger ?? SLALedger()
        if situation.ledger == nil, change.before != nil {
            // Policies came after the ticket: its clocks are made from its history.
            _ = try promises.engine.apply(try await history().flatMap { $0.signals(lifecycle: rules.lifecycle) }, to: &ledger)
        }
        let before = ledger
        let completed = choosePolicy(for: change, facts: before.facts)
        let firings = try promises.engine.apply(completed.events.flatMap { $0.signals(lifecycle: rules.lifecycle) }, to: &ledger)
        let recorded = completed.appending(firings.map(\.payload), by: .system)
        return (recorded, self.promises(of: recorded, from: situation.ledger, to: ledger, firings: firings))
    }

    private func choosePolicy(for change: TicketChange, facts: SLAFacts) -> TicketChange {
        let promise = configuration.promises.promise(for: change.after, queues: configuration.queues)
        if change.before == nil { return change.promising(promise?.policy, calendar: promise?.calendar) }
        guard promise?.policy != facts.policy || promise?.calendar != facts.calendar else { return change }
        return change.appending([.policyChanged(TicketEvent.PolicyChanged(policy: promise?.policy, calendar: promise?.calendar))], by: .system)
    }

    private func promises(of change: TicketChange, from before: SLALedger?, to after: SLALedger, firings: [SLAFiring]) -> PromiseChange {
        let known = before?.promised ?? []
        return PromiseChange(
            ticket: change.after.id,
            ledger: after == before ? nil : after,
            timers: after.promised.filter { timer in !known.contains { $0.hasSameRow(as: timer) } },
            firings: firings,
            time: change.after.updatedAt)
    }

    private func nothing(of change: TicketChange) -> PromiseChange {
        PromiseChange(ticket: change.after.id, ledger: nil, timers: [], firings: [], time: change.after.updatedAt)
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
            isSuppressed: isSuppressed)
        return threshold == .breach ? .timerBreached(fired) : .timerWarned(fired)
    }
}

extension SLATimer {
    /// Whether the stored row of another state of this timer would be the same.
    fileprivate func hasSameRow(as other: SLATimer) -> Bool {
        metric == other.metric && instance == other.instance && state == other.state && nextFireAt == other.nextFireAt && dueAt == other.dueAt
            && breachAt == other.breachAt
    }
}
