import Domain
import Store

/// Keeps the runs of escalation chains in step with the timers they run for: starts, holds, resumes and ends them (sla.md, Escalation chains).
struct EscalationKeeper {
    let promises: PromiseConfiguration
    private let identifiers = IdentifierSource()

    init(promises: PromiseConfiguration) {
        self.promises = promises
    }

    /// - Parameters:
    ///   - runs: the live runs of the ticket.
    ///   - ledger: the clocks after the change.
    ///   - firings: the thresholds that were passed just now; each may start its policy's chain.
    ///   - causes: what a command asks of the runs.
    ///   - isWaiting: whether the ticket waits for an agent after the change.
    ///   - time: of the change.
    /// - Returns: all runs, ended ones included, then the new ones.
    /// - Throws: ``SLAError/calendar(_:)``.
    func follow(
        _ runs: [EscalationRunRecord],
        of ticket: TicketID,
        ledger: SLALedger,
        firings: [SLAFiring],
        causes: EscalationCauses = EscalationCauses(),
        isWaiting: Bool,
        at time: Timestamp
    ) throws(SLAError) -> [EscalationRunRecord] {
        var result: [EscalationRunRecord] = []
        for stored in runs {
            var next = stored
            if causes.isMerged { next.run.end(.merged, at: time) }
            try follow(&next, ledger: ledger, isWaiting: isWaiting, at: time)
            if causes.acknowledged.contains(next.id) { next.run.acknowledge(at: time) }
            if causes.waitsAnew(next, at: time) { next.run.end(.stopped, at: time) }
            result.append(next)
        }
        for firing in firings {
            endAcknowledgedWarning(of: firing, in: &result, at: time)
            guard var new = start(firing, of: ticket, ledger: ledger, beside: result) else { continue }
            try follow(&new, ledger: ledger, isWaiting: isWaiting, at: time)
            if new.isLive { result.append(new) }
        }
        for wait in causes.waits {
            let isRunning = result.contains { $0.isLive && $0.waitTrigger == wait.trigger }
            if !isRunning, let new = start(wait, of: ticket) { result.append(new) }
        }
        return result + causes.requests.compactMap { start($0, of: ticket, at: time) }
    }

    /// The calendar by which a run counts business time: its timer's; the ticket's where an agent's call started it.
    func calendar(of run: EscalationRunRecord, ledger: SLALedger) -> BusinessCalendar? {
        let calendar =
            run.isRequested || run.waitTrigger != nil ? ledger.facts.calendar : timer(of: run.trigger, in: ledger)?.promise?.measure.calendar
        return calendar.flatMap { promises.engine.context.calendars[$0] }
    }

    private func follow(_ stored: inout EscalationRunRecord, ledger: SLALedger, isWaiting: Bool, at time: Timestamp) throws(SLAError) {
        guard stored.isLive else { return }
        if stored.waitTrigger != nil {
            // Somebody has it, or nobody need have it any more.
            if !isWaiting { stored.run.end(ledger.facts.category.isUnsolved ? .stopped : .solved, at: time) }
            return
        }
        if stored.isRequested {
            // No clock started it, and none holds it: it ends with the ticket's solution.
            if !ledger.facts.category.isUnsolved { stored.run.end(.solved, at: time) }
            return
        }
        guard let timer = timer(of: stored.trigger, in: ledger) else {
            // Its timer ended and left nothing to be asked about.
            stored.run.end(ledger.facts.category.isUnsolved ? .stopped : .solved, at: time)
            return
        }
        let calendar = timer.promise?.measure.calendar.flatMap { promises.engine.context.calendars[$0] }
        do {
            switch timer.state {
            case .running, .breachedRunning: try stored.run.resume(at: time, calendar: calendar)
            // A first response is not stopped by a solution, only paused; its run ends all the same (rule 4).
            case .paused where !ledger.facts.category.isUnsolved: stored.run.end(.solved, at: time)
            case .paused: try stored.run.hold(at: time, calendar: calendar)
            case .met, .breachedMet: stored.run.end(ledger.facts.category.isUnsolved ? .stopped : .solved, at: time)
            case .cancelled: stored.run.end(timer.cancellation == .merged ? .merged : .cancelled, at: time)
            }
        } catch {
            throw .calendar(error)
        }
    }

    /// Who acknowledged a warning has not acknowledged the breach: that calls people anew.
    private func endAcknowledgedWarning(of firing: SLAFiring, in runs: inout [EscalationRunRecord], at time: Timestamp) {
        guard firing.threshold == .breach, !firing.isSuppressed else { return }
        for index in runs.indices
        where runs[index].trigger == Self.trigger(of: firing) && runs[index].run.state == .acknowledged && runs[index].run.trigger == .warning {
            runs[index].run.end(.stopped, at: time)
        }
    }

    private static func trigger(of firing: SLAFiring) -> String { "\(firing.metric.rawValue):\(firing.instance)" }

    /// A run of the policy's chain for a passed threshold; nil where there is no chain, somebody runs it already, or nobody is to be told.
    private func start(_ firing: SLAFiring, of ticket: TicketID, ledger: SLALedger, beside runs: [EscalationRunRecord]) -> EscalationRunRecord? {
        let trigger = Self.trigger(of: firing)
        guard !firing.isSuppressed, let promise = timer(of: trigger, in: ledger)?.promise,
            let chainID = promises.engine.context.policies[promise.policy]?.chain, let chain = promises.chains[chainID],
            !runs.contains(where: { $0.isLive && $0.trigger == trigger && $0.chain == chainID }),
            // The first level is due when the threshold was, however late it was noticed. A stored chain has been checked.
            let run = try? EscalationRun(chain: chain, trigger: firing.threshold == .breach ? .breach : .warning, at: firing.scheduledFor)
        else { return nil }
        return EscalationRunRecord(id: identifiers.next(), ticket: ticket, chain: chainID, trigger: trigger, run: run)
    }

    /// A stored chain has been checked: a run of it can be made.
    private func start(_ request: TicketEvent.EscalationRequested, of ticket: TicketID, at time: Timestamp) -> EscalationRunRecord? {
        guard let chain = promises.chains[request.chainID],
            let run = try? EscalationRun(chain: chain, trigger: request.cause.trigger, at: time)
        else { return nil }
        return EscalationRunRecord(id: request.runID, ticket: ticket, chain: request.chainID, trigger: request.cause.rawValue, run: run)
    }

    private func start(_ wait: EscalationCauses.Wait, of ticket: TicketID) -> EscalationRunRecord? {
        guard let chain = promises.chains[wait.chain], let run = try? EscalationRun(chain: chain, trigger: wait.trigger.trigger, at: wait.startsAt)
        else { return nil }
        return EscalationRunRecord(id: identifiers.next(), ticket: ticket, chain: wait.chain, trigger: wait.trigger.rawValue, run: run)
    }

    private func timer(of trigger: String, in ledger: SLALedger) -> SLATimer? {
        ledger.timers.last { "\($0.metric.rawValue):\($0.instance)" == trigger }
    }
}
