extension SLATimer {
    /// Computes due, breach and warnings from the spans and the promise (sla.md, Timers, "Two instants per timer").
    ///
    /// Everything that was armed and fell due before `now` has been passed already. A threshold that lies before `now` all the same has been put
    /// there by the change at `now` (a new target, a new calendar, an earlier start), and is due now.
    /// Where the calendar has no open time left, nothing is armed (``isUnreachable``): a ticket must stay changeable.
    mutating func arm(clock: SLAClock, now: Timestamp) {
        clearSchedule()
        guard endedAt == nil, !isLapsed, let promise else { return }
        guard runningSince != nil else {
            armExceeded(promise, now)
            return
        }
        guard let due = try? instant(consuming: promise.target, clock: clock, isRight: false),
            let breach = try? instant(consuming: promise.target, clock: clock, isRight: true)
        else { return }
        dueAt = due
        breachAt = schedule(.breach, natural: breach, now)
        for warning in promise.warnings {
            guard let natural = try? instantOfWarning(at: warning.consumed(ofTarget: promise.target), clock: clock) else { continue }
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
    func instantOfTarget(clock: SLAClock) -> Timestamp? {
        guard let promise, consumed > promise.target else { return nil }
        return try? instant(consuming: promise.target, clock: clock, isRight: false)
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
    private func instant(consuming amount: Int64, clock: SLAClock, isRight: Bool) throws(CalendarError) -> Timestamp {
        let span = span(consuming: amount)
        guard let rest = span.rest else { return span.start }
        return try isRight ? clock.addOpen(rest, to: span.start) : clock.add(rest, to: span.start)
    }

    /// LEFT end; but where a span begins with nothing left to count, the RIGHT one: that span may begin in closed time, in which nobody is to be called (features.md D13;
    /// decision 0049).
    private func instantOfWarning(at amount: Int64, clock: SLAClock) throws(CalendarError) -> Timestamp {
        try instant(consuming: amount, clock: clock, isRight: span(consuming: amount).rest == 0)
    }

    /// In which span an amount is used up, walking the finished ones and then the open one, and what is left of it then. An amount used up exactly at the end of a span is
    /// reached when the next one begins: nothing happens while a clock stands still. Of a frozen span, which was counted by another calendar, nothing is said but that
    /// the amount was passed in it (nil): that is all that matters now.
    private func span(consuming amount: Int64) -> (start: Timestamp, rest: Int64?) {
        var before: Int64 = 0
        for segment in segments {
            if amount < before + segment.consumed { return (segment.start, segment.frozen == nil ? amount - before : nil) }
            before += segment.consumed
        }
        return (runningSince ?? startedAt, amount - before)
    }
}
