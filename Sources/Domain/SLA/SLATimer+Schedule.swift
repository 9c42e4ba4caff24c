extension SLATimer {
    /// Computes due, breach and warnings from the spans and the promise (sla.md, Timers, "Two instants per timer").
    ///
    /// Where the calendar has no open time left, nothing is armed (``isUnreachable``): a ticket must stay changeable.
    mutating func arm(clock: SLAClock) {
        clearSchedule()
        guard endedAt == nil, !isLapsed, let promise, runningSince != nil else { return }
        guard let due = try? instant(consuming: promise.target, clock: clock, isRight: false),
            let breach = try? instant(consuming: promise.target, clock: clock, isRight: true)
        else { return }
        dueAt = due
        breachAt = max(breach, promise.since)
        schedule(.breach, natural: breach, promise)
        for warning in promise.warnings {
            guard let natural = try? instant(consuming: warning.consumed(ofTarget: promise.target), clock: clock, isRight: false) else { continue }
            schedule(.warning(warning), natural: natural, promise)
        }
        pending.sort { ($0.at, $0.threshold.rank, $0.threshold.description) < ($1.at, $1.threshold.rank, $1.threshold.description) }
    }

    private mutating func schedule(_ threshold: SLAThreshold, natural: Timestamp, _ promise: SLAPromise) {
        guard !fired.contains(Fired(threshold: threshold, targetVersion: targetVersion)) else { return }
        let isPast = natural < promise.since
        pending.append(Pending(threshold: threshold, at: isPast ? promise.since : natural, cause: isPast ? .retarget : .elapsed))
    }

    /// The instant at which an amount is consumed, walking the finished spans and then the open one. An amount used up exactly at the end of
    /// a span is reached when the next one begins: nothing happens while a clock stands still.
    private func instant(consuming amount: Int64, clock: SLAClock, isRight: Bool) throws(CalendarError) -> Timestamp {
        var before: Int64 = 0
        for segment in segments {
            if amount < before + segment.consumed {
                // A frozen span was counted by another calendar; that the amount was passed in it is all that matters now.
                guard segment.frozen == nil else { return segment.start }
                return try isRight ? clock.addOpen(amount - before, to: segment.start) : clock.add(amount - before, to: segment.start)
            }
            before += segment.consumed
        }
        let start = runningSince ?? startedAt
        return try isRight ? clock.addOpen(amount - before, to: start) : clock.add(amount - before, to: start)
    }
}
