extension EscalationRun {
    /// A pause of the timer that lies ahead of the run's steps.
    struct Pause: Hashable, Sendable, Codable {
        let since: Timestamp
        /// nil: the timer still stands still.
        var until: Timestamp?
    }

    var isPausedAhead: Bool { pauses?.last.map { $0.until == nil } ?? false }

    /// The timer was paused: the run waits, and keeps what is left of the present wait. Steps whose time was before the pause are taken all the same, as they would
    /// have been had somebody looked in time (sla.md, "Scheduler down"; Escalation chains, rule 4).
    ///
    /// - Throws: ``CalendarError``; the run is unchanged then.
    public mutating func hold(at time: Timestamp, calendar: BusinessCalendar?) throws(CalendarError) {
        guard state == .running, !isHeld else { return }
        if pauses == nil, nextStepAt >= time {
            hold = try held(at: time, calendar: calendar)
        } else {
            pauses = (pauses ?? []) + [Pause(since: time, until: nil)]
        }
    }

    /// The timer runs again: the wait goes on where it was held. An acknowledgement's time was held as well.
    ///
    /// - Throws: ``CalendarError``; the run is unchanged then.
    public mutating func resume(at time: Timestamp, calendar: BusinessCalendar?) throws(CalendarError) {
        if hold != nil {
            let shift = try goOn(at: time, calendar: calendar)
            // What a run of before has not answered yet lies as far behind its steps as then.
            waiting = waiting?.map { Call($0.trigger, at: $0.at.adding(microseconds: shift)) }
        } else if isPausedAhead, var ahead = pauses, let last = ahead.popLast() {
            if last.since < time { ahead.append(Pause(since: last.since, until: time)) }
            var run = self
            run.pauses = ahead.isEmpty ? nil : ahead
            try run.reachPauses(calendar: calendar)
            self = run
        }
    }

    /// Counts the pauses that the steps have come to: what is due at the instant of a pause is put off by it (sla.md, "Same instant order").
    mutating func reachPauses(calendar: BusinessCalendar?) throws(CalendarError) {
        while state == .running, hold == nil, let pause = pauses?.first, pause.since <= nextStepAt {
            hold = try held(at: pause.since, calendar: calendar)
            pauses?.removeFirst()
            if let until = pause.until { _ = try goOn(at: until, calendar: calendar) }
        }
        if state != .running || pauses?.isEmpty == true { pauses = nil }
    }

    func held(at time: Timestamp, calendar: BusinessCalendar?) throws(CalendarError) -> Hold {
        guard scheduledFor > time else { return Hold(since: time, remaining: 0) }
        let plain = plainAhead(at: time)
        let remaining = try waitClock(calendar, at: time).elapsed(from: time, to: scheduledFor.adding(microseconds: -plain))
        return Hold(since: time, remaining: remaining, plain: plain > 0 ? plain : nil)
    }

    /// - Returns: by how many microseconds the steps are put off.
    private mutating func goOn(at time: Timestamp, calendar: BusinessCalendar?) throws(CalendarError) -> Int64 {
        guard let held = hold else { return 0 }
        // A pause of no length has no effect.
        guard held.since < time else {
            hold = nil
            return 0
        }
        let before = scheduledFor
        let clock = waitClock(calendar, at: held.since)
        let isWaitKnown = wait?.until == before
        scheduledFor = try clock.add(held.remaining, to: time).adding(microseconds: held.plain ?? 0)
        // Else it would be forgotten that a wait counts open time for an empty level's sake, or does no more.
        if isWaitKnown {
            let isPlain = clock.calendar == nil && levelBefore.mode == .wall
            wait = isPlain ? nil : Wait(since: time, amount: held.remaining, plain: held.plain, until: scheduledFor)
        }
        let shift = scheduledFor.microseconds(since: before)
        ownTime = ownTime?.adding(microseconds: shift)
        // Of one that was given during the hold only what was left of it.
        acknowledgedAt = acknowledgedAt.map { $0.adding(microseconds: max(0, time.microseconds(since: max(held.since, $0)))) }
        hold = nil
        return shift
    }
}
