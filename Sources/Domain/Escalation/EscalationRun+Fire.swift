extension EscalationRun {
    /// Fires everything that is due, in order, each step once.
    ///
    /// - Parameters:
    ///   - now: the database's time.
    ///   - limit: up to when steps are taken, where that is earlier: runs of one ticket take turns in the order of time.
    ///   - calendar: for levels whose timeout counts business time; without one they count plain time.
    ///   - lateAfter: microseconds after the scheduled time from which a firing is marked late.
    ///   - hasPeople: whether anybody is behind a level's targets now.
    /// - Throws: ``CalendarError`` when the calendar cannot tell the next level's time; the run is unchanged then.
    public mutating func fire(
        now: Timestamp,
        upTo limit: Timestamp? = nil,
        calendar: BusinessCalendar?,
        lateAfter: Int64 = 60_000_000,
        hasPeople: (EscalationLevel) -> Bool
    ) throws(CalendarError) -> [EscalationFiring] {
        var run = self
        var firings: [EscalationFiring] = []
        while true {
            try run.reachPauses(calendar: calendar)
            guard let due = run.nextFireAt, due <= min(now, limit ?? now) else { break }
            if let expiry = run.acknowledgementExpiry, expiry <= due {
                run.lapse(at: expiry)
                continue
            }
            let steps = try run.step(clock: SLAClock(calendar: calendar), hasPeople: hasPeople)
            try run.holdBehindFirstLevel(from: due, calendar: calendar)
            firings += steps.map { step in
                EscalationFiring(
                    round: step.round,
                    level: step.level,
                    outcome: step.outcome,
                    scheduledFor: due,
                    isLate: now.microseconds(since: due) > lateAfter
                )
            }
        }
        self = run
        return firings
    }

    /// An acknowledgement that led nowhere: the levels that it stopped resume, the next of them at once. Where a level for the unresolved is still to come
    /// nothing was put off, and all go on at their times (decision 0037).
    private mutating func lapse(at time: Timestamp) {
        if isSilenced { scheduledFor = time }
        acknowledgedAt = nil
    }

    private typealias Step = (round: Int, level: Int, outcome: EscalationFiring.Outcome)

    /// Takes the step that is due and schedules the next.
    private mutating func step(clock: SLAClock, hasPeople: (EscalationLevel) -> Bool) throws(CalendarError) -> [Step] {
        guard let next = nextLevel else {
            state = .exhausted
            endedAt = scheduledFor
            return [(chain.repeats, chain.levels.count - 1, .exhausted)]
        }
        let place = (round, level)
        if acknowledgedAt != nil && next.condition == .notAcknowledged {
            roundFoundSomebody = true
            try advance(waiting: next, clock)
            return [(place.0, place.1, .skippedAcknowledged)]
        }
        if hasPeople(next) {
            roundFoundSomebody = true
            try advance(waiting: next, clock)
            return [(place.0, place.1, .fired)]
        }
        var steps: [Step] = [(place.0, place.1, .skippedEmpty)]
        if level == chain.levels.count - 1 && !roundFoundSomebody {
            // Nobody in a whole round. The next round waits for its own time: going through it at once would find nobody again.
            if !isFallbackUsed {
                isFallbackUsed = true
                steps.append((place.0, place.1, .fallback))
            }
            var time = roundStartedAt
            for level in chain.levels {
                time = try EscalationRun.add(level, to: time, clock)
            }
            scheduledFor = max(time, scheduledFor)
        }
        moveOn()
        return steps
    }

    private mutating func advance(waiting level: EscalationLevel, _ clock: SLAClock) throws(CalendarError) {
        let since = scheduledFor
        scheduledFor = try EscalationRun.add(level, to: since, clock)
        wait = level.mode == .business ? Wait(since: since, amount: level.timeout * 1_000_000, until: scheduledFor) : nil
        moveOn()
    }

    private mutating func moveOn() {
        level += 1
        if level == chain.levels.count {
            level = 0
            round += 1
            roundStartedAt = scheduledFor
            roundFoundSomebody = false
        }
        settleAcknowledgement()
    }

    static func add(_ level: EscalationLevel, to time: Timestamp, _ clock: SLAClock) throws(CalendarError) -> Timestamp {
        let amount = level.timeout * 1_000_000
        return level.mode == .business ? try clock.add(amount, to: time) : time.adding(microseconds: amount)
    }
}
