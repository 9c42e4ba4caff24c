/// A clock that stands still passes nothing but what a change has put behind it, and that is told at once (sla.md, "Already beyond: breach now"; decision 0041). What
/// comes after waits for the clock to go on (Escalation chains, rule 4), from when the first level was due, however late it fired.
extension EscalationRun {
    /// The run begins while its clock stands still.
    public mutating func startOnPause() { startsOnPause = true }

    /// Its clock goes on before the first level has fired: nothing is held.
    public mutating func forgetPause() { startsOnPause = nil }

    /// Holds the run behind the first level that found somebody.
    ///
    /// - Parameter due: when the step that was taken was due.
    mutating func holdBehindFirstLevel(from due: Timestamp, calendar: BusinessCalendar?) {
        guard startsOnPause == true, state == .running, hold == nil, scheduledFor > due else { return }
        startsOnPause = nil
        hold = held(at: due, calendar: calendar)
    }
}
