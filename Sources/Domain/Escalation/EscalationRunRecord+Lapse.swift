extension EscalationRunRecord {
    /// Whether a notice of one of its levels, that waited for the end of somebody's quiet hours, still says something true. A target that was really missed is told
    /// of as long as the ticket is open and nobody has acknowledged, also where the clock has stopped or the ticket was reopened since.
    ///
    /// - Parameters:
    ///   - level: the index of the level that fired.
    ///   - reader: whose quiet hours they were.
    ///   - isUnsolved: whether the ticket's state is one of those before the solution.
    ///   - timer: the clock that it runs for; nil where none is, or none any more.
    ///   - mayLackTimer: whether such a clock may have been left out of the ledger, which only those are that are over.
    /// - Returns: nil where it is to be sent.
    public func lapse(
        ofLevel level: Int,
        to reader: AgentID,
        ticket: Ticket,
        isUnsolved: Bool,
        timer: SLATimer?,
        mayLackTimer: Bool = false,
        at now: Timestamp
    ) -> NoticeLapse? {
        if ticket.links.mergedInto != nil { return .merged }
        // A limit of the stage behind the solution runs on: somebody has to close the ticket (features.md A5.5).
        if !isUnsolved, timer?.isOfRunningStage != true { return .solved }
        if run.isAcknowledged(at: now), run.chain.levels.indices.contains(level), run.chain.levels[level].condition == .notAcknowledged {
            return .acknowledged
        }
        // Who got it by the level itself hears of it, too.
        if waitTrigger != nil { return ticket.state == .waitingAssignment || ticket.assigneeID == reader ? nil : .taken }
        // Solved and reopened since: the call was answered, and what was warned of begins anew.
        let wasSolved = run.end == .solved
        if isRequested { return wasSolved ? .solved : nil }
        guard let timer else { return mayLackTimer && run.trigger == .breach ? nil : .withdrawn }
        if timer.isBreached { return nil }
        switch timer.state {
        case .running, .paused, .breachedRunning: return run.state != .ended ? nil : wasSolved ? .solved : .kept
        case .met, .breachedMet: return .kept
        case .cancelled: return .withdrawn
        }
    }
}

extension SLATimer {
    fileprivate var isOfRunningStage: Bool { metric == .stage && (state == .running || state == .breachedRunning) }
}

extension EscalationRun {
    /// Whether somebody has acknowledged and that has not lapsed, or had not when the run ended or was held: an acknowledgement waits with its run.
    func isAcknowledged(at now: Timestamp) -> Bool {
        guard acknowledgedAt != nil else { return false }
        guard let expiry = acknowledgementExpiry else { return true }
        let open = pauses?.last.flatMap { $0.until == nil ? $0.since : nil }
        return [endedAt, hold?.since, open].compactMap(\.self).reduce(now, min) < expiry
    }
}
