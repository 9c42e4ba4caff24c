extension EscalationRun {
    /// What is still to come if everybody is found and nobody acknowledges, in order; while held what was overdue, and nothing after the end.
    public func upcoming(calendar: BusinessCalendar?) -> [EscalationFiring] {
        var run = self
        var result: [EscalationFiring] = []
        // Each turn takes a level, lets the acknowledgement lapse or leaves a pause behind: 20 levels and 10 rounds end it.
        while let next = run.nextFireAt {
            result += run.fire(now: next, calendar: calendar) { _ in true }
        }
        return result
    }
}

extension EscalationChain {
    /// What is run for tickets that nobody can take, where their queue names no chain: the supervisor is told, once.
    public static let supervisorNotice = EscalationChain(version: 1, levels: [EscalationLevel(targets: [.supervisor], timeout: 1)])

    /// Its id in runs and events; no chain of a tenant has it.
    public static let supervisorNoticeID = EscalationChainID(high: 0, low: 1)
}
