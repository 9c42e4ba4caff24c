extension SLATimer {
    /// Closes the open span; a span without length leaves no trace.
    mutating func pause(at time: Timestamp, clock: SLAClock?) throws(CalendarError) {
        guard let start = runningSince else { return }
        runningSince = nil
        clearSchedule()
        guard start < time else { return }
        let consumed = try clock?.elapsed(from: start, to: time) ?? 0
        segments.append(SLARunSegment(start: start, end: time, consumed: consumed, frozen: nil))
    }

    /// Opens a span; one that begins where the last ended continues it, so that a pause of no length has no effect.
    mutating func resume(at time: Timestamp) {
        guard runningSince == nil else { return }
        if let last = segments.last, last.end == time, last.frozen == nil {
            segments.removeLast()
            runningSince = last.start
        } else {
            runningSince = time
        }
    }

    /// Ends the timer because what it waits for has happened. The deadline stays readable.
    mutating func stop(at time: Timestamp, clock: SLAClock?) throws(CalendarError) {
        let (due, breach) = (dueAt, breachAt)
        try pause(at: time, clock: clock)
        (dueAt, breachAt) = (due, breach)
        endedAt = time
    }

    mutating func cancel(at time: Timestamp, clock: SLAClock?, reason: Cancellation) throws(CalendarError) {
        try pause(at: time, clock: clock)
        endedAt = time
        endedBy = reason
    }

    mutating func clearSchedule() {
        dueAt = nil
        breachAt = nil
        pending = []
    }

    /// Measures every span again that no prospective change has frozen.
    mutating func measureAgain(_ clock: SLAClock) throws(CalendarError) {
        for index in segments.indices where segments[index].frozen == nil {
            segments[index].consumed = try clock.elapsed(from: segments[index].start, to: segments[index].end)
        }
    }

    /// Keeps what is consumed so far as the old measure counted it; time from now on is a new span.
    mutating func freeze(at time: Timestamp, measure: SLAMeasure, clock: SLAClock) throws(CalendarError) {
        let isRunning = runningSince != nil
        try pause(at: time, clock: clock)
        for index in segments.indices where segments[index].frozen == nil {
            segments[index].frozen = measure
        }
        if isRunning { runningSince = time }
    }
}
