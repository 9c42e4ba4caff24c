extension EscalationRun {
    /// Fires everything that is due, in order, each step once.
    ///
    /// - Parameters:
    ///   - now: the database's time.
    ///   - limit: up to when steps are taken, where that is earlier: runs of one ticket take turns in the order of time.
    ///   - calendar: for levels whose timeout counts business time; without one, and where it cannot tell the next level's time, they count plain time.
    ///   - lateAfter: microseconds after the scheduled time from which a firing is marked late.
    ///   - hasPeople: whether anybody is behind a level's targets now.
    public mutating func fire(
        now: Timestamp,
        upTo limit: Timestamp? = nil,
        calendar: BusinessCalendar?,
        lateAfter: Int64 = 60_000_000,
        hasPeople: (EscalationLevel) -> Bool
    ) -> [EscalationFiring] {
        var firings: [EscalationFiring] = []
        while true {
            reachPauses(calendar: calendar)
            guard let due = nextFireAt, due <= min(now, limit ?? now) else { break }
            if let expiry = acknowledgementExpiry, expiry <= due {
                lapse(at: expiry)
                continue
            }
            let steps = step(clock: SLAClock(calendar: calendar), hasPeople: hasPeople)
            holdBehindFirstLevel(from: due, calendar: calendar)
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
        return firings
    }

    /// An acknowledgement that led nowhere: the levels that it stopped resume, the next of them at once. The end of the chain comes no sooner for it. Where a level for the unresolved is still to come
    /// nothing was put off, and all go on at their times (decision 0037).
    private mutating func lapse(at time: Timestamp) {
        if isSilenced {
            scheduledFor = nextStep(after: time)
            ownTime = nil
        }
        acknowledgedAt = nil
    }

    private typealias Step = (round: Int, level: Int, outcome: EscalationFiring.Outcome)

    /// Takes the step that is due and schedules the next.
    private mutating func step(clock: SLAClock, hasPeople: (EscalationLevel) -> Bool) -> [Step] {
        guard let next = nextLevel else {
            state = .exhausted
            endedAt = scheduledFor
            return [(chain.repeats, chain.levels.count - 1, .exhausted)]
        }
        let place = (round, level)
        if acknowledgedAt != nil && next.condition == .notAcknowledged {
            roundFoundSomebody = true
            advance(waiting: next, clock)
            return [(place.0, place.1, .skippedAcknowledged)]
        }
        if hasPeople(next) {
            roundFoundSomebody = true
            advance(waiting: next, clock)
            return [(place.0, place.1, .fired)]
        }
        var steps: [Step] = [(place.0, place.1, .skippedEmpty)]
        if level == chain.levels.count - 1 && !roundFoundSomebody && !isFallbackUsed {
            // Nobody in a whole round.
            isFallbackUsed = true
            steps.append((place.0, place.1, .fallback))
        }
        skip(next, clock)
        return steps
    }

    private mutating func advance(waiting level: EscalationLevel, _ clock: SLAClock) {
        scheduledFor = timeBehind(level, clock)
        ownTime = nil
        moveOn()
    }

    /// Nobody is behind a level: the next of its round fires at once, and what comes after that one keeps its time, as if somebody had been found (sla.md, Escalation
    /// chains, rules 2 and 3; decision 0058). A further round and the end wait for theirs: going through the chain again at once would call people twice, or nobody.
    private mutating func skip(_ level: EscalationLevel, _ clock: SLAClock) {
        let own = timeBehind(level, clock)
        if self.level == chain.levels.count - 1 {
            scheduledFor = own
            ownTime = nil
        } else {
            ownTime = own
        }
        moveOn()
    }

    /// When a level's timeout is over, counted from its own time, however early it fires. Where the calendar does not open again plain time counts, as for the wait for
    /// an agent: help must not wait for ever.
    private mutating func timeBehind(_ level: EscalationLevel, _ clock: SLAClock) -> Timestamp {
        let (start, timeout) = (ownTime ?? scheduledFor, level.timeout * 1_000_000)
        let clock = level.mode == .business ? clock.counting(timeout, from: start) : SLAClock(calendar: nil)
        let end = clock.reach(timeout, from: start)
        if level.mode == .business {
            // With the timeout of an empty level before it is all that is open until then.
            let amount = ownTime == nil ? timeout : clock.passed(from: scheduledFor, to: end)
            wait = Wait(since: scheduledFor, amount: amount, until: end)
        } else if let before = wait, ownTime != nil, before.until == ownTime {
            wait = Wait(since: before.since, amount: before.amount, plain: (before.plain ?? 0) + timeout, until: end)
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
}
