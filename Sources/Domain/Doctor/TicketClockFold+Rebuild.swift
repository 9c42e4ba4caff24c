extension TicketClockFold {
    /// The whole ledger that a ticket's history gives, with the thresholds passed that the history says to have been passed: what a repair stores, ``SLALedger/shortened()``.
    ///
    /// - Returns: nil where it cannot be stored safely: the events cannot be replayed, or what they record is not what the clocks passed. Storing it
    ///   then would record thresholds a second time, or never.
    public var rebuilt: SLALedger? {
        guard var ledger = replayed else { return nil }
        let recorded = thresholds.compactMap(RecordedThreshold.init)
        // Schedulers passed what was due after the last change.
        if let last = recorded.map(\.scheduledFor).max() { _ = ledger.fire(now: last) }
        let audit = SLAOutcomeAudit(timers: ledger.promised, recorded: recorded, now: .distantPast, tolerance: 0)
        let differences: [SLAOutcomeAudit.Fault] = [.unrecorded, .doubled, .invented]
        return differences.allSatisfy { audit.faults[$0] == nil } ? ledger : nil
    }
}

extension Timestamp {
    /// Before everything: nothing is overdue by it.
    fileprivate static let distantPast = Timestamp(microseconds: .min)
}
