/// A ticket may get thousands of replies, and each starts and ends clocks. A ledger is read and written as a whole with every change, so it keeps only the newest of
/// those that are over; the others follow from the history (decision 0022).
extension SLALedger {
    /// The most timers kept that have ended and been followed by a later one of their metric.
    public static let maximumSuperseded = 50

    /// This ledger without the oldest superseded timers beyond ``maximumSuperseded``. Nothing that happens to a ticket changes those any more.
    public func shortened() -> SLALedger {
        var ledger = self
        _ = ledger.shorten()
        return ledger
    }

    /// - Returns: what is left out, the oldest first.
    mutating func shorten() -> [SLATimer] {
        let excess = timers.count(where: isSuperseded) - Self.maximumSuperseded
        guard excess > 0 else { return [] }
        var (removed, kept): ([SLATimer], [SLATimer]) = ([], [])
        for timer in timers {
            if removed.count < excess, isSuperseded(timer) { removed.append(timer) } else { kept.append(timer) }
        }
        timers = kept
        return removed
    }

    /// Whether it keeps as many superseded timers as it may, so that there may have been others.
    public var isShortened: Bool { timers.count(where: isSuperseded) >= Self.maximumSuperseded }

    /// Whether a timer that is not here may have been left out.
    public func mayLack(_ metric: SLAMetric, instance: Int) -> Bool {
        isShortened && instance < facts.instances[metric, default: 0] && !timers.contains { $0.metric == metric && $0.instance == instance }
    }

    /// All promised timers, also those that were left out here.
    ///
    /// - Parameter replayed: the whole ledger of the same history.
    public func promised(completedBy replayed: SLALedger) -> [SLATimer] {
        replayed.promised.filter { mayLack($0.metric, instance: $0.instance) } + promised
    }

    private func isSuperseded(_ timer: SLATimer) -> Bool {
        timer.endedAt != nil && timer.instance < facts.instances[timer.metric, default: 0]
    }
}
