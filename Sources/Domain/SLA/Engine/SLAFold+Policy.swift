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

    /// Business time without any calendar counts around the clock: the stricter reading, and no ticket is refused for it (decision 0005).
    private func measure(of target: SLATarget) -> SLAMeasure {
        guard target.mode == .business, let calendar = ledger.facts.calendar else { return SLAMeasure(mode: .calendar, calendar: nil) }
        return SLAMeasure(mode: .business, calendar: calendar)
    }
}

extension SLATimer {
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
