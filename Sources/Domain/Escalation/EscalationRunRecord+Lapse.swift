extension EscalationRunRecord {
    /// Whether a notice of one of its levels, that waited for the end of somebody's quiet hours, still says something true. A target that was really missed is told
    /// of as long as the ticket is open and nobody has acknowledged, also where the clock has stopped or the ticket was reopened since.
    ///
    /// - Parameters:
    ///   - level: the index of the level that fired.
    ///   - isUnsolved: whether the ticket's state is one of those before the solution.
    ///   - timer: the clock that it runs for; nil where none is, or none any more.
    /// - Returns: nil where it is to be sent.
    public func lapse(ofLevel level: Int, ticket: Ticket, isUnsolved: Bool, timer: SLATimer?, at now: Timestamp) -> NoticeLapse? {
        if ticket.links.mergedInto != nil { return .merged }
        if !isUnsolved { return .solved }
        if run.isAcknowledged(at: now), run.chain.levels.indices.contains(level), run.chain.levels[level].condition == .notAcknowledged {
            return .acknowledged
        }
        if waitTrigger != nil { return ticket.state == .waitingAssignment ? nil : .taken }
        // Solved and reopened since: the call was answered, and what was warned of begins anew.
        let wasSolved = run.end == .solved
        if isRequested { return wasSolved ? .solved : nil }
        guard let timer else { return .withdrawn }
        if timer.isBreached { return nil }
        switch timer.state {
        case .running, .paused, .breachedRunning: return run.state != .ended ? nil : wasSolved ? .solved : .kept
        case .met, .breachedMet: return .kept
        case .cancelled: return .withdrawn
        }
    }
}

extension EscalationRun {
    /// Whether somebody has acknowledged and that has not lapsed, or had not when the run ended.
    func isAcknowledged(at now: Timestamp) -> Bool {
        guard acknowledgedAt != nil else { return false }
        guard let expiry = acknowledgementExpiry else { return true }
        return min(now, endedAt ?? now) < expiry
    }
}
