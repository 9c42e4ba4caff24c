/// One application of signals: the ledger being changed, and what was passed on the way.
struct SLAFold {
    let engine: SLAEngine
    var ledger: SLALedger
    /// When clocks that count from a message would have stood still until now.
    var past: SLAPast
    private(set) var firings: [SLAFiring] = []
    /// What was put aside because nothing changes it any more; see ``SLALedger/shortened()``.
    private(set) var leftOut: [SLATimer] = []
    private let leavesOut: Bool

    init(context: SLAContext, ledger: SLALedger, past: SLAPast, leavesOut: Bool) {
        engine = SLAEngine(context: context)
        self.ledger = ledger
        self.past = past
        self.leavesOut = leavesOut
    }

    /// Applies signals in the order of their times, those of one instant together.
    mutating func follow(_ signals: [SLASignal]) throws(SLAError) {
        let ordered = signals.enumerated().sorted { ($0.element.at, $0.offset) < ($1.element.at, $1.offset) }.map(\.element)
        var start = ordered.startIndex
        while start < ordered.endIndex {
            let time = ordered[start].at
            let end = ordered[start...].firstIndex { $0.at != time } ?? ordered.endIndex
            try apply(Array(ordered[start..<end]), at: time)
            start = end
        }
    }

    /// For who asks neither for thresholds nor for what was put aside.
    mutating func forgetWhatIsOver() {
        firings = []
        leftOut = []
    }

    /// Applies the signals of one instant.
    mutating func apply(_ batch: [SLASignal], at time: Timestamp) throws(SLAError) {
        guard CalendarYears.range.contains(time) else { throw .calendar(.timeOutOfRange) }
        if let last = ledger.facts.lastSignalAt, time < last { throw .outOfOrder }
        ledger.facts.lastSignalAt = time
        // What fell due before this instant has happened, whether the scheduler was there to see it or not.
        firings += ledger.collect { timer in timer.pass(before: time) }
        let isPromised = ledger.facts.policy != nil
        for signal in SLAFold.effective(batch, isPromised: isPromised) {
            // What a policy promises that begins to apply is cancelled, and counted so, instead of never having been promised.
            if !isPromised, signal.isFollowingPolicy { try followPolicy(at: time) }
            try apply(signal)
        }
        try followState(at: time)
        try followPolicy(at: time)
        for index in ledger.timers.indices where ledger.timers[index].endedAt == nil {
            guard let clocks = try engine.clocks(of: ledger.timers[index]) else { continue }
            ledger.timers[index].arm(clocks: clocks, now: time)
        }
        firings += ledger.collect { timer in timer.fire(now: time) }
        forget()
        if leavesOut { leftOut += ledger.shorten { _ in true } }
    }

    /// The signals in the order of their effects, without those that hold for no time.
    ///
    /// - Parameter isPromised: whether a policy applied before: then that is the one that is cancelled.
    private static func effective(_ batch: [SLASignal], isPromised: Bool) -> [SLASignal] {
        guard batch.count > 1 else { return batch }
        let kept = batch.enumerated().filter { offset, signal in
            guard let slot = signal.slot else { return true }
            return !batch[(offset + 1)...].contains { $0.slot == slot }
        }
        let late = behindCancellation(kept.map(\.element))
        let early = isPromised ? [] : beforeCancellation(kept.map(\.element))
        func place(_ item: (offset: Int, element: SLASignal)) -> (Int, Int, Int) {
            if early.contains(item.element) { return (SLASignal.cancelRank, -1, item.offset) }
            return late.contains(item.element) ? (SLASignal.cancelRank, 1, item.offset) : (item.element.rank, 0, item.offset)
        }
        return kept.sorted { place($0) < place($1) }.map(\.element)
    }

    /// The policy whose condition is met where none applied before, and the priority by which it promises.
    private static func beforeCancellation(_ batch: [SLASignal]) -> [SLASignal] {
        guard batch.contains(where: \.isFollowingPolicy) else { return [] }
        return batch.filter { signal in
            switch signal.kind {
            case .policyChanged, .priorityChanged: true
            default: false
            }
        }
    }

    /// "A cancel condition that is met → cancelled, never met" (sla.md) also where the ticket's new state meets it: the cancellation goes before what that state would stop,
    /// and what an agent did by it. An answer that was given at the same instant was given before (decision 0050).
    private static func behindCancellation(_ batch: [SLASignal]) -> [SLASignal] {
        guard batch.contains(where: \.isPrecedingState) else { return [] }
        let isSolved = batch.contains { if case .stateEntered(let category, _) = $0.kind { !category.isUnsolved } else { false } }
        return batch.filter { signal in
            switch signal.kind {
            case .stateEntered(let category, _): !category.isUnsolved
            case .stageEntered: true
            case .agentAction: isSolved
            default: false
            }
        }
    }

    /// Ends timers that nobody can ask about: those that ended without any promise.
    private mutating func forget() {
        let isFinished = ledger.facts.isFinished
        ledger.timers.removeAll { $0.endedAt != nil && $0.promise == nil && (isFinished || !$0.metric.isCumulative) }
    }

    /// The policy that promises something now.
    func definition() throws(SLAError) -> SLAPolicyDefinition? { try definition(ledger.facts.policy) }

    /// The policy that says what starts, stops and pauses: while none matches, the one that did last. Withdrawn and published again, its clocks go on as if nothing had
    /// been ("start and segments kept", sla.md).
    func rules() throws(SLAError) -> SLAPolicyDefinition? { try definition(ledger.facts.rulingPolicy) }

    private func definition(_ reference: SLAPolicyReference?) throws(SLAError) -> SLAPolicyDefinition? {
        guard let reference else { return nil }
        guard let definition = engine.context.policies[reference] else { throw .unknownPolicy(reference) }
        return definition
    }

    func clock(of timer: SLATimer) throws(SLAError) -> SLAClock? {
        guard let promise = timer.promise else { return nil }
        return try engine.clock(promise.measure)
    }
}
