extension EscalationRun {
    /// Somebody takes care: levels for the unacknowledged stop. With a TTL and no solution the next of them fires when it lapses.
    /// A reassignment of the ticket is no acknowledgement.
    ///
    /// - Returns: false when the run is over and nothing changed.
    @discardableResult
    public mutating func acknowledge(at time: Timestamp) -> Bool {
        guard state == .running || state == .acknowledged else { return false }
        acknowledgedAt = max(time, acknowledgedAt ?? time)
        settleAcknowledgement()
        return true
    }

    /// Ends the run: the timer stopped, or the ticket was solved, cancelled or merged.
    @discardableResult
    public mutating func end(_ reason: End, at time: Timestamp) -> Bool {
        guard state == .running || state == .acknowledged else { return false }
        state = .ended
        end = reason
        endedAt = time
        hold = nil
        waiting = nil
        return true
    }

    /// The timer was paused: the run waits, and keeps what is left of the present wait.
    public mutating func hold(at time: Timestamp, calendar: BusinessCalendar?) throws(CalendarError) {
        guard state == .running, hold == nil else { return }
        let remaining = scheduledFor <= time ? 0 : try clock(calendar).elapsed(from: time, to: scheduledFor)
        hold = Hold(since: time, remaining: remaining)
    }

    /// The timer runs again: the wait goes on where it was held. An acknowledgement's time was held as well.
    public mutating func resume(at time: Timestamp, calendar: BusinessCalendar?) throws(CalendarError) {
        guard let held = hold else { return }
        let before = scheduledFor
        scheduledFor = try clock(calendar).add(held.remaining, to: max(time, held.since))
        let shift = scheduledFor.microseconds(since: before)
        roundStartedAt = roundStartedAt.adding(microseconds: shift)
        // What the run has not answered yet lies as far behind its steps as before.
        waiting = waiting?.map { Call($0.trigger, at: $0.at.adding(microseconds: shift)) }
        // Of one that was given during the hold only what was left of it.
        acknowledgedAt = acknowledgedAt.map { $0.adding(microseconds: max(0, time.microseconds(since: max(held.since, $0)))) }
        hold = nil
    }

    /// Without a TTL, and with no level left that fires in spite of an acknowledgement, nothing more is to come.
    mutating func settleAcknowledgement() {
        guard state == .running, acknowledgedAt != nil, chain.acknowledgementTTL == nil else { return }
        if isSilenced { state = .acknowledged }
    }

    /// The wait in progress is that of the level before; the first level has none.
    private func clock(_ calendar: BusinessCalendar?) -> SLAClock {
        let waiting = chain.levels[level == 0 ? chain.levels.count - 1 : level - 1]
        return SLAClock(calendar: waiting.mode == .business ? calendar : nil)
    }
}
