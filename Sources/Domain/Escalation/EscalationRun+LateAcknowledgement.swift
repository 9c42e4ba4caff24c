extension EscalationRun {
    /// What an acknowledgement leaves to the next run: it begins with the first of the thresholds, and answers the others.
    public struct Succession: Hashable, Sendable {
        public let first: Call
        public let further: [Call]
    }

    /// Somebody takes care while thresholds wait for an answer. They were passed before, and found the run as it was then: unacknowledged, whoever looks late at them
    /// (sla.md, Timers, "Scheduler down"; Escalation chains, rules 1 and 4). Steps that were overdue are silenced all the same: somebody takes care now. Whether the run
    /// was over by then is told by its schedule, as if everybody had been found.
    ///
    /// - Returns: where the run was over when a threshold was passed, what the next run has to answer; nil where there is no next run.
    public mutating func acknowledge(at time: Timestamp, calendar: BusinessCalendar?) -> Succession? {
        guard state == .running || state == .acknowledged else { return nil }
        var schedule = self
        while let call = schedule.calls.first, call.at <= time {
            _ = schedule.fire(now: call.at, calendar: calendar) { _ in true }
            // A run that is held takes no steps: its thresholds go on waiting.
            guard schedule.nextCall == call else { break }
            guard let further = schedule.answerNextCall() else { continue }
            acknowledgedAt = time
            end(.stopped, at: time)
            return Succession(first: call, further: further)
        }
        waiting = schedule.waiting
        acknowledge(at: time)
        return nil
    }

    /// Whether something is still to come at a time by the run's schedule, as if everybody had been found and nobody acknowledged.
    public func isLive(at time: Timestamp, calendar: BusinessCalendar?) -> Bool {
        var schedule = self
        _ = schedule.fire(now: time, calendar: calendar) { _ in true }
        return schedule.state == .running || schedule.state == .acknowledged
    }
}
