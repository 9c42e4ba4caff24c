extension SLALedger {
    /// Whether this stored ledger is what a ticket's history gives (design.md I5).
    ///
    /// A scheduler may have passed thresholds after the last signal: both are brought to the same time before they are compared. What the stored
    /// ledger says to have passed must stand in the history, threshold by threshold.
    ///
    /// - Parameters:
    ///   - replayed: the ledger that follows from the signals of `history`.
    ///   - now: the database's time.
    public func agrees(with replayed: SLALedger, history: [TicketEvent], at now: Timestamp) -> Bool {
        var stored = self
        var expected = replayed
        _ = stored.fire(now: now)
        _ = expected.fire(now: now)
        stored.takeLapseTimes(of: expected)
        stored.forgetEarlyWarnings(with: &expected)
        stored.takeFrozenDeadlines(of: expected)
        guard stored == expected else { return false }
        let told = Set(history.compactMap(\.passedThreshold))
        return timers.allSatisfy { timer in
            let passed = timer.fired.map { PassedThreshold(timer, $0) }
            let recorded = told.filter { $0.metric == timer.metric.rawValue && $0.instance == timer.instance }
            return Set(passed) == recorded
        }
    }
}

extension SLALedger {
    /// Whether the clocks of this stored ledger are those of the same ledger once it knows all of its ticket's history: what it was not told of yet must be
    /// nothing that a clock goes by.
    ///
    /// - Parameter now: the database's time; thresholds that are due count as passed.
    public func hasClocks(of later: SLALedger, at now: Timestamp) -> Bool {
        var stored = self
        var expected = later
        _ = stored.fire(now: now)
        _ = expected.fire(now: now)
        stored.takeFrozenDeadlines(of: expected)
        return stored.timers == expected.timers
    }
}

/// A threshold as a history names it.
private struct PassedThreshold: Hashable {
    let metric: String
    let instance: Int
    let threshold: String
    let targetVersion: Int

    init(_ timer: SLATimer, _ fired: SLATimer.Fired) {
        metric = timer.metric.rawValue
        instance = timer.instance
        threshold = fired.threshold.description
        targetVersion = fired.targetVersion
    }

    init(_ event: TicketEvent.TimerFired) {
        metric = event.metric
        instance = event.instance
        threshold = event.threshold
        targetVersion = event.targetVersion
    }
}

extension TicketEvent {
    fileprivate var passedThreshold: PassedThreshold? {
        switch payload {
        case .timerWarned(let fired), .timerBreached(let fired): PassedThreshold(fired)
        default: nil
        }
    }
}

extension SLALedger {
    /// Clocks that lapsed under an earlier version do not say when: that is no difference.
    fileprivate mutating func takeLapseTimes(of expected: SLALedger) {
        for (index, other) in zip(timers.indices, expected.timers) where timers[index].isLapsed && timers[index].lapsedAt == nil && other.isLapsed {
            timers[index].lapsedAt = other.lapsedAt
        }
    }

    /// Of a clock that was missed in a span which a prospective change had frozen, earlier versions showed the span's start as its deadline: that is no difference
    /// (decision 0066).
    fileprivate mutating func takeFrozenDeadlines(of expected: SLALedger) {
        for (index, other) in zip(timers.indices, expected.timers) {
            let frozen = timers[index].segments.filter { $0.frozen != nil }.map(\.start)
            guard let due = timers[index].dueAt, frozen.contains(due) else { continue }
            timers[index].dueAt = other.dueAt
        }
    }

    /// Warnings that an earlier version gave as a span began, in closed time, come later by the history now, or never: what was told stays told, and that is no
    /// difference (decision 0049).
    fileprivate mutating func forgetEarlyWarnings(with expected: inout SLALedger) {
        for index in zip(timers.indices, expected.timers.indices).map({ $0.0 }) {
            let (timer, other) = (timers[index], expected.timers[index])
            let starts = Set([timer.startedAt, timer.runningSince].compactMap(\.self) + timer.segments.map(\.start))
            let early = timer.fired.filter { $0.threshold != .breach && starts.contains($0.at) && !other.fired.contains($0) }
            guard !early.isEmpty, other.metric == timer.metric, other.instance == timer.instance else { continue }
            func isEarly(_ threshold: SLAThreshold, _ version: Int) -> Bool {
                early.contains { $0.threshold == threshold && $0.targetVersion == version }
            }
            timers[index].fired.removeAll { isEarly($0.threshold, $0.targetVersion) }
            expected.timers[index].fired.removeAll { isEarly($0.threshold, $0.targetVersion) }
            expected.timers[index].pending.removeAll { isEarly($0.threshold, other.targetVersion) }
        }
    }
}
