extension SLAFold {
    /// Gives every live clock the target that the present policy, priority and calendar promise (sla.md, "Priority or policy change").
    mutating func followPolicy(at time: Timestamp) throws(SLAError) {
        let policy = try definition()
        for index in ledger.timers.indices where ledger.timers[index].endedAt == nil {
            let timer = ledger.timers[index]
            guard let policy, let reference = ledger.facts.policy,
                let target = policy.target(for: timer.metric, priority: ledger.facts.priority, stage: timer.stage)
            else {
                ledger.timers[index].lapse(at: time)
                continue
            }
            let promise = SLAPromise(
                policy: reference,
                measure: measure(of: target),
                target: target.seconds * 1_000_000,
                warnings: policy.warnings,
                since: time
            )
            let old = try clock(of: timer)
            let new = try engine.clock(promise.measure)
            do {
                try ledger.timers[index].follow(promise, isProspective: policy.options.retarget == .prospective, old: old, new: new)
            } catch {
                throw .calendar(error)
            }
        }
    }

    /// Time is measured by the version of a calendar that was valid then (sla.md, Calendars): the newest version has all those before it, each for its time, so a clock
    /// that counts by an older one counts by it from the edit on, whatever its policy says of other targets (decision 0066). What was decided when a clock ended stays so: one
    /// that may go on later takes the version, and is measured by it then.
    mutating func followEdits() throws(SLAError) {
        guard let newest = ledger.facts.calendar else { return }
        for index in ledger.timers.indices where ledger.timers[index].mayRun {
            guard let held = ledger.timers[index].promise?.measure.calendar, held.id == newest.id, held != newest else { continue }
            ledger.timers[index].promise?.measure = SLAMeasure(mode: .business, calendar: newest)
            if ledger.timers[index].endedAt == nil { try measureAgain(index) }
        }
    }

    /// Measures a timer by the clock of its promise.
    mutating func measureAgain(_ index: Int) throws(SLAError) {
        try change(index) { timer, clock throws(CalendarError) in
            if let clock { try timer.measureAgain(clock) }
        }
    }

    /// Business time without any calendar counts around the clock: the stricter reading, and no ticket is refused for it (decision 0005).
    private func measure(of target: SLATarget) -> SLAMeasure {
        guard target.mode == .business, let calendar = ledger.facts.calendar else { return SLAMeasure(mode: .calendar, calendar: nil) }
        return SLAMeasure(mode: .business, calendar: calendar)
    }
}

extension SLATimer {
    /// Whether it runs, stands still, or goes on when its ticket is reopened.
    fileprivate var mayRun: Bool { endedAt == nil || (metric.isCumulative && endedBy == nil) }

    fileprivate mutating func lapse(at time: Timestamp) {
        guard promise != nil, !isLapsed else { return }
        isLapsed = true
        lapsedAt = time
        clearSchedule()
    }

    fileprivate mutating func follow(_ next: SLAPromise, isProspective: Bool, old: SLAClock?, new: SLAClock) throws(CalendarError) {
        defer {
            isLapsed = false
            lapsedAt = nil
        }
        guard let held = promise, let old else {
            promise = next
            targetVersion = 1
            try measureAgain(new)
            return
        }
        promise = next
        if held.measure != next.measure {
            if isProspective {
                try freeze(at: next.since, measure: held.measure, clock: old)
            } else {
                try measureAgain(new)
            }
        }
        guard held.target != next.target || !held.measure.isContinued(by: next.measure) else {
            // Still the same promise: what it counts from stays, but for time in which nothing was promised. What was passed stays passed.
            if !isLapsed { promise?.since = held.since }
            return
        }
        targetVersion += 1
        isBreached = false
    }
}
