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
        if isSilenced {
            scheduledFor = time
            ownTime = nil
        }
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
        if level == chain.levels.count - 1 && !roundFoundSomebody && !isFallbackUsed {
            // Nobody in a whole round.
            isFallbackUsed = true
            steps.append((place.0, place.1, .fallback))
        }
        try skip(next, clock)
        return steps
    }

    private mutating func advance(waiting level: EscalationLevel, _ clock: SLAClock) throws(CalendarError) {
        scheduledFor = try timeBehind(level, clock)
        ownTime = nil
        moveOn()
    }

    /// Nobody is behind a level: the next of its round fires at once, and what comes after that one keeps its time, as if somebody had been found (sla.md, Escalation
    /// chains, rules 2 and 3; decision 0058). A further round and the end wait for theirs: going through the chain again at once would call people twice, or nobody.
    private mutating func skip(_ level: EscalationLevel, _ clock: SLAClock) throws(CalendarError) {
        let own = try timeBehind(level, clock)
        if self.level == chain.levels.count - 1 {
            scheduledFor = own
            ownTime = nil
        } else {
            ownTime = own
        }
        moveOn()
    }

    /// When a level's timeout is over, counted from its own time, however early it fires.
    private mutating func timeBehind(_ level: EscalationLevel, _ clock: SLAClock) throws(CalendarError) -> Timestamp {
        let end = try EscalationRun.add(level, to: ownTime ?? scheduledFor, clock)
        if level.mode == .business {
            // With the timeout of an empty level before it is all that is open until then.
            let amount = ownTime == nil ? level.timeout * 1_000_000 : try clock.elapsed(from: scheduledFor, to: end)
            wait = Wait(since: scheduledFor, amount: amount, until: end)
        } else if let before = wait, ownTime != nil, before.until == ownTime {
            wait = Wait(since: before.since, amount: before.amount, plain: (before.plain ?? 0) + level.timeout * 1_000_000, until: end)
        } else {
            wait = nil
        }
        return end
    }

    private mutating func moveOn() {
        level += 1
        if level == chain.levels.count {
            level = 0
            round += 1
            roundFoundSomebody = false
        }
        settleAcknowledgement()
    }

    static func add(_ level: EscalationLevel, to time: Timestamp, _ clock: SLAClock) throws(CalendarError) -> Timestamp {
        let amount = level.timeout * 1_000_000
        return level.mode == .business ? try clock.add(amount, to: time) : time.adding(microseconds: amount)
    }
}
