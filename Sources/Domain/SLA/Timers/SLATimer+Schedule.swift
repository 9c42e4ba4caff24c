extension SLATimer {
    /// Computes due, breach and warnings from the spans and the promise (sla.md, Timers, "Two instants per timer").
    ///
    /// Everything that was armed and fell due before `now` has been passed already. A threshold that lies before `now` all the same has been put
    /// there by the change at `now` (a new target, a new calendar, an earlier start), and is due now.
    /// Where the calendar has no open time left, nothing is armed (``isUnreachable``): a ticket must stay changeable.
    mutating func arm(clocks: SLATimerClocks, now: Timestamp) {
        clearSchedule()
        guard endedAt == nil, !isLapsed, let promise else { return }
        guard runningSince != nil else {
            armExceeded(promise, now)
            return
        }
        guard let due = try? instant(consuming: promise.target, clocks: clocks, isRight: false),
            let breach = try? instant(consuming: promise.target, clocks: clocks, isRight: true)
        else { return }
        dueAt = due
        breachAt = schedule(.breach, natural: breach, now)
        for warning in promise.warnings {
            guard let natural = try? instantOfWarning(at: warning.consumed(ofTarget: promise.target), clocks: clocks) else { continue }
            _ = schedule(.warning(warning), natural: natural, now)
        }
        sortPending()
    }

    /// A paused timer waits for nothing; but a change may have put a threshold behind what it has consumed already (a stricter target, another
    /// calendar, an earlier start): "Already beyond: breach now, cause=retarget" (sla.md). Otherwise it would end as missed without anybody having
    /// been told.
    private mutating func armExceeded(_ promise: SLAPromise, _ now: Timestamp) {
        let amounts = [(SLAThreshold.breach, promise.target)] + promise.warnings.map { (.warning($0), $0.consumed(ofTarget: promise.target)) }
        for (threshold, amount) in amounts where consumed > amount && !hasPassed(threshold) {
            pending.append(Pending(threshold: threshold, at: now, cause: .retarget))
        }
        sortPending()
    }

    /// When its target was used up; nil where so much is not counted any more, as after an edit of its calendar.
    func instantOfTarget(clocks: SLATimerClocks) -> Timestamp? {
        guard let promise, consumed > promise.target else { return nil }
        return try? instant(consuming: promise.target, clocks: clocks, isRight: false)
    }

    private func hasPassed(_ threshold: SLAThreshold) -> Bool {
        fired.contains { $0.threshold == threshold && $0.targetVersion == targetVersion }
    }

    private mutating func sortPending() {
        pending.sort { ($0.at, $0.threshold.rank, $0.threshold.description) < ($1.at, $1.threshold.rank, $1.threshold.description) }
    }

    /// Arms a threshold that has not been passed; returns when it is due, or was.
    private mutating func schedule(_ threshold: SLAThreshold, natural: Timestamp, _ now: Timestamp) -> Timestamp {
        if let passed = fired.last(where: { $0.threshold == threshold && $0.targetVersion == targetVersion }) { return passed.at }
        let item = Pending(threshold: threshold, at: max(natural, now), cause: natural < now ? .retarget : .elapsed)
        pending.append(item)
        return item.at
    }

    /// The instant at which an amount is consumed: LEFT or RIGHT end.
    private func instant(consuming amount: Int64, clocks: SLATimerClocks, isRight: Bool) throws(CalendarError) -> Timestamp {
        let span = span(consuming: amount, clocks: clocks)
        // By a calendar that is not known any more nothing can be said but in which span it was.
        guard let clock = span.clock else { return span.start }
        return try isRight ? clock.addOpen(span.rest, to: span.start) : clock.add(span.rest, to: span.start)
    }

    /// LEFT end; but where a span begins with nothing left to count, the RIGHT one: that span may begin in closed time, in which nobody is to be called (features.md D13;
    /// decision 0049).
    private func instantOfWarning(at amount: Int64, clocks: SLATimerClocks) throws(CalendarError) -> Timestamp {
        try instant(consuming: amount, clocks: clocks, isRight: span(consuming: amount, clocks: clocks).rest == 0)
    }

    /// In which span an amount is used up, walking the finished ones and then the open one, what is left of it then, and by which clock that span is counted. An amount
    /// used up exactly at the end of a span is reached when the next one begins: nothing happens while a clock stands still.
    private func span(consuming amount: Int64, clocks: SLATimerClocks) -> (start: Timestamp, rest: Int64, clock: SLAClock?) {
        var before: Int64 = 0
        for segment in segments {
            if amount < before + segment.consumed { return (segment.start, amount - before, clocks.clock(of: segment)) }
            before += segment.consumed
        }
        return (runningSince ?? startedAt, amount - before, clocks.present)
    }
}
