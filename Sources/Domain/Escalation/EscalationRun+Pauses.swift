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
    public mutating func hold(at time: Timestamp, calendar: BusinessCalendar?) {
        guard state == .running, !isHeld else { return }
        if pauses == nil, nextStepAt >= time {
            hold = held(at: time, calendar: calendar)
        } else {
            pauses = (pauses ?? []) + [Pause(since: time, until: nil)]
        }
    }

    /// The timer runs again: the wait goes on where it was held. An acknowledgement's time was held as well.
    public mutating func resume(at time: Timestamp, calendar: BusinessCalendar?) {
        if hold != nil {
            let shift = goOn(at: time, calendar: calendar)
            // What a run of before has not answered yet lies as far behind its steps as then.
            waiting = waiting?.map { Call($0.trigger, at: $0.at.adding(microseconds: shift)) }
        } else if isPausedAhead, var ahead = pauses, let last = ahead.popLast() {
            if last.since < time { ahead.append(Pause(since: last.since, until: time)) }
            pauses = ahead.isEmpty ? nil : ahead
            reachPauses(calendar: calendar)
        }
    }

    /// Counts the pauses that the steps have come to: what is due at the instant of a pause is put off by it (sla.md, "Same instant order").
    mutating func reachPauses(calendar: BusinessCalendar?) {
        while state == .running, hold == nil, let pause = pauses?.first, pause.since <= nextStepAt {
            hold = held(at: pause.since, calendar: calendar)
            pauses?.removeFirst()
            if let until = pause.until { _ = goOn(at: until, calendar: calendar) }
        }
        if state != .running || pauses?.isEmpty == true { pauses = nil }
    }

    func held(at time: Timestamp, calendar: BusinessCalendar?) -> Hold {
        guard scheduledFor > time else { return Hold(since: time, remaining: 0) }
        let plain = plainAhead(at: time)
        let remaining = waitClock(calendar, at: time).passed(from: time, to: scheduledFor.adding(microseconds: -plain))
        return Hold(since: time, remaining: remaining, plain: plain > 0 ? plain : nil)
    }

    /// - Returns: by how many microseconds the steps are put off.
    private mutating func goOn(at time: Timestamp, calendar: BusinessCalendar?) -> Int64 {
        guard let held = hold else { return 0 }
        // A pause of no length has no effect.
        guard held.since < time else {
            hold = nil
            return 0
        }
        let before = scheduledFor
        let clock = waitClock(calendar, at: held.since)
        let isWaitKnown = wait?.until == before
        let isPlain = (calendar == nil || isPlain(at: held.since)) && levelBefore.mode == .wall
        scheduledFor = clock.reach(held.remaining, from: time).adding(microseconds: held.plain ?? 0)
        // Else it would be forgotten that a wait counts open time for an empty level's sake, or does no more.
        if isWaitKnown {
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
