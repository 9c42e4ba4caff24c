import Domain
import Store

/// Keeps the runs of escalation chains in step with the timers they run for: starts, holds, resumes and ends them (sla.md, Escalation chains).
struct EscalationKeeper {
    let promises: PromiseConfiguration
    let lifecycle: Lifecycle
    let queues: [QueueID: QueueConfiguration]
    private let identifiers = IdentifierSource()

    init(configuration: TenantConfiguration, lifecycle: Lifecycle) {
        promises = configuration.promises
        queues = configuration.queues
        self.lifecycle = lifecycle
    }

    /// - Parameters:
    ///   - runs: the live runs of the ticket.
    ///   - ledger: the clocks after the change.
    ///   - firings: the thresholds that were passed just now; each may start its policy's chain.
    ///   - causes: what a command asks of the runs.
    ///   - state: the ticket's after the change.
    ///   - time: of the change.
    /// - Returns: all runs, ended ones included, then the new ones.
    func follow(
        _ runs: [EscalationRunRecord],
        of ticket: TicketID,
        ledger: SLALedger,
        firings: [SLAFiring],
        causes: EscalationCauses = EscalationCauses(),
        state: TicketState,
        at time: Timestamp
    ) -> [EscalationRunRecord] {
        var result: [EscalationRunRecord] = []
        for stored in runs {
            var next = stored
            if causes.isMerged { next.run.end(.merged, at: time) }
            follow(&next, ledger: ledger, state: state, at: time)
            if causes.waitsAnew(next, at: time) { next.run.end(.stopped, at: time) }
            result.append(next)
        }
        // What was passed before the command was passed before anybody acknowledged by it.
        for firing in firings { call(firing, of: ticket, ledger: ledger, state: state, runs: &result, at: time) }
        for index in result.indices {
            if causes.acknowledged.contains(result[index].id) { acknowledge(index, in: &result, ledger: ledger, state: state, at: time) }
            answerCalls(of: index, in: &result, ledger: ledger, state: state, at: time)
        }
        for wait in causes.waits {
            let isRunning = result.contains { $0.isLive && $0.waitTrigger == wait.trigger }
            if !isRunning, let new = start(wait, of: ticket) { result.append(new) }
        }
        return result + causes.requests.compactMap { start($0, of: ticket, at: time) }
    }

    /// Lets the run at an index answer the thresholds whose time its steps have reached; where it is over by then, the next run begins, which answers what is left.
    func answerCalls(of index: Int, in runs: inout [EscalationRunRecord], ledger: SLALedger, state: TicketState, at time: Timestamp) {
        while let call = runs[index].run.nextCall {
            guard let further = runs[index].run.answerNextCall() else { continue }
            guard var new = successor(of: runs[index], by: call, ledger: ledger, among: runs) else { return }
            new.run.take(further)
            begin(&new, ledger: ledger, state: state, at: time)
            if new.isLive { runs.append(new) }
            return
        }
    }

    /// The run that may begin when a run with overdue steps is over; nil where nothing waits for that.
    func successor(of stored: EscalationRunRecord, ledger: SLALedger) -> EscalationRunRecord? {
        stored.run.lastCall.flatMap { successor(of: stored, by: $0, ledger: ledger, among: []) }
    }

    /// - Parameter state: the ticket's own. Clocks that a cancel condition ended know no later one (``SLAFacts/isFinished``).
    func follow(_ stored: inout EscalationRunRecord, ledger: SLALedger, state: TicketState, at time: Timestamp) {
        guard stored.isLive else { return }
        let isUnsolved = (lifecycle.category(of: state) ?? ledger.facts.category).isUnsolved
        if stored.waitTrigger != nil {
            // Somebody has it, or nobody need have it any more.
            if state != .waitingAssignment { stored.run.end(isUnsolved ? .stopped : .solved, at: time) }
            return
        }
        if stored.isRequested {
            // No clock started it, and none holds it: it ends with the ticket's solution.
            if !isUnsolved { stored.run.end(.solved, at: time) }
            return
        }
        guard let timer = timer(of: stored.trigger, in: ledger) else {
            // Its timer ended and left nothing to be asked about.
            stored.run.end(isUnsolved ? .stopped : .solved, at: time)
            return
        }
        if isUnsolved, timer.state.isLive, stored.run.isOutdated(by: timer) {
            stored.run.end(.stopped, at: time)
            return
        }
        let calendar = calendar(of: stored, ledger: ledger)
        switch timer.state {
        case .running, .breachedRunning:
            stored.run.forgetPause()
            stored.run.resume(at: time, calendar: calendar)
            stored.run.recount(at: time, calendar: calendar)
        // A first response is not stopped by a solution, only paused; its run ends all the same (rule 4).
        case .paused where !isUnsolved: stored.run.end(.solved, at: time)
        // It holds itself behind its first level.
        case .paused where stored.run.startsOnPause == true: break
        case .paused: stored.run.hold(at: time, calendar: calendar)
        case .met, .breachedMet: stored.run.end(isUnsolved ? .stopped : .solved, at: time)
        case .cancelled: stored.run.end(timer.cancellation == .merged ? .merged : .cancelled, at: time)
        }
    }

    /// A run may begin late: its timer's pauses since are its own, as if it had begun in time.
    func begin(_ new: inout EscalationRunRecord, ledger: SLALedger, state: TicketState, at time: Timestamp) {
        if let timer = timer(of: new.trigger, in: ledger) {
            let calendar = calendar(of: new, ledger: ledger)
            for pause in timer.pauses where pause.end.map({ new.run.startedAt < $0 }) ?? true {
                new.run.hold(at: max(pause.start, new.run.startedAt), calendar: calendar)
                if let end = pause.end { new.run.resume(at: end, calendar: calendar) }
            }
        }
        follow(&new, ledger: ledger, state: state, at: time)
    }

    /// A passed threshold asks for its policy's chain: a run of its own begins, unless one of the same clock goes on for it, or may do so.
    private func call(
        _ firing: SLAFiring,
        of ticket: TicketID,
        ledger: SLALedger,
        state: TicketState,
        runs: inout [EscalationRunRecord],
        at time: Timestamp
    ) {
        guard !firing.isSuppressed else { return }
        let trigger = "\(firing.metric.rawValue):\(firing.instance)"
        let chain = chain(of: trigger, in: ledger)
        let call = EscalationRun.Call(firing.threshold == .breach ? .breach : .warning, at: firing.scheduledFor)
        var isAnswered = false
        for index in runs.indices where runs[index].isLive && runs[index].trigger == trigger {
            let answer = runs[index].run.answer(call)
            if runs[index].chain == chain, answer != .over { isAnswered = true }
        }
        guard !isAnswered, let chain, var new = start(chain, of: ticket, trigger: trigger, by: call) else { return }
        // Nothing passes while a clock stands still but what a change puts behind it: somebody is told of that now (decision 0041).
        if firing.cause == .retarget, timer(of: trigger, in: ledger)?.state == .paused {
            new.run.startOnPause()
            follow(&new, ledger: ledger, state: state, at: time)
        } else {
            begin(&new, ledger: ledger, state: state, at: time)
        }
        if new.isLive { runs.append(new) }
    }

    /// The first level is due when the threshold was, however late it was noticed. A stored chain has been checked.
    private func start(_ id: EscalationChainID, of ticket: TicketID, trigger: String, by call: EscalationRun.Call) -> EscalationRunRecord? {
        guard let chain = promises.chains[id], let run = try? EscalationRun(chain: chain, trigger: call.trigger, at: call.at) else { return nil }
        return EscalationRunRecord(id: identifiers.next(), ticket: ticket, chain: id, trigger: trigger, run: run)
    }

    /// - Returns: nil where the clock's policy names no chain any more, and where a run of the chain that it names now goes on for the clock already.
    func successor(
        of stored: EscalationRunRecord,
        by call: EscalationRun.Call,
        ledger: SLALedger,
        among runs: [EscalationRunRecord]
    ) -> EscalationRunRecord? {
        guard let chain = chain(of: stored.trigger, in: ledger) else { return nil }
        let isRunning = runs.contains { $0.isLive && $0.chain == chain && $0.trigger == stored.trigger }
        return isRunning ? nil : start(chain, of: stored.ticket, trigger: stored.trigger, by: call)
    }

    /// The chain that a clock's policy names now.
    private func chain(of trigger: String, in ledger: SLALedger) -> EscalationChainID? {
        timer(of: trigger, in: ledger)?.promise.flatMap { promises.engine.context.policies[$0.policy]?.chain }
    }

    /// A stored chain has been checked: a run of it can be made.
    private func start(_ request: TicketEvent.EscalationRequested, of ticket: TicketID, at time: Timestamp) -> EscalationRunRecord? {
        guard let chain = promises.chains[request.chainID],
            let run = try? EscalationRun(chain: chain, trigger: request.cause.trigger, at: time)
        else { return nil }
        return EscalationRunRecord(id: request.runID, ticket: ticket, chain: request.chainID, trigger: request.cause.rawValue, run: run)
    }

    private func start(_ wait: EscalationCauses.Wait, of ticket: TicketID) -> EscalationRunRecord? {
        guard let chain = promises.chains[wait.chain], var run = try? EscalationRun(chain: chain, trigger: wait.trigger.trigger, at: wait.startsAt)
        else { return nil }
        if let counted = wait.counted { run.countStart(counted.amount, since: counted.since) }
        return EscalationRunRecord(id: identifiers.next(), ticket: ticket, chain: wait.chain, trigger: wait.trigger.rawValue, run: run)
    }

    func timer(of trigger: String, in ledger: SLALedger) -> SLATimer? {
        ledger.timers.last { "\($0.metric.rawValue):\($0.instance)" == trigger }
    }
}
