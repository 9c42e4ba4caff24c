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
        pauses = nil
        return true
    }

    /// Without a TTL, and with no level left that fires in spite of an acknowledgement, nothing more is to come.
    mutating func settleAcknowledgement() {
        guard state == .running, acknowledgedAt != nil, chain.acknowledgementTTL == nil else { return }
        if isSilenced { state = .acknowledged }
    }
}
