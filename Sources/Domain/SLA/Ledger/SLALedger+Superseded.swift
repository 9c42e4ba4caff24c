/// A ticket may get thousands of replies, and each starts and ends clocks. A ledger is read and written as a whole with every change, so it keeps only the newest of
/// those that are over; the others follow from the history (decision 0022). Each has its row, which reports count.
extension SLALedger {
    /// The most timers kept that have ended and been followed by a later one of their metric.
    public static let maximumSuperseded = 50

    /// This ledger without the superseded timers beyond ``maximumSuperseded`` that ended first, and without those that nobody asks the ledger about: the untouched-clocks
    /// that an agent reset in silence, one for everything that an agent does (decision 0027), and what was never promised. Nothing that happens to a ticket changes
    /// those any more.
    public func shortened() -> SLALedger {
        var ledger = self
        _ = ledger.shorten { _ in true }
        return ledger
    }

    /// This ledger without the untouched-clocks that an agent reset in silence: reports count them, people who look at a ticket want its other clocks.
    public func withoutSilentTouches() -> SLALedger {
        var ledger = self
        ledger.timers.removeAll { $0.isSilentTouch && isSuperseded($0) }
        return ledger
    }

    /// - Parameter mayGo: asked of those that are too many.
    /// - Returns: what is left out, in the order in which it was started.
    mutating func shorten(where mayGo: (SLATimer) -> Bool) -> [SLATimer] {
        let superseded = timers.indices.filter { isSuperseded(timers[$0]) }
        guard !superseded.isEmpty else { return [] }
        let passing = superseded.filter { timers[$0].isPassing }
        let lasting = superseded.compactMap { index in timers[index].isPassing ? nil : timers[index].endedAt.map { (ended: $0, index: index) } }
        let firstEnded = lasting.sorted { $0 < $1 }.prefix(max(0, lasting.count - Self.maximumSuperseded)).map(\.index)
        let leaving = Set((passing + firstEnded).filter { mayGo(timers[$0]) })
        guard !leaving.isEmpty else { return [] }
        let removed = leaving.sorted().map { timers[$0] }
        timers = timers.indices.filter { !leaving.contains($0) }.map { timers[$0] }
        return removed
    }

    /// Whether it has a timer, and as one that is over.
    func hasEnded(_ timer: SLATimer) -> Bool {
        timers.contains { $0.metric == timer.metric && $0.instance == timer.instance && $0.endedAt != nil }
    }

    /// Whether it keeps as many superseded timers as it may, so that there may have been others.
    public var isShortened: Bool { timers.count { isSuperseded($0) && !$0.isPassing } >= Self.maximumSuperseded }

    /// Whether a timer that is not here may have been left out.
    public func mayLack(_ metric: SLAMetric, instance: Int) -> Bool {
        (isShortened || metric == .agentInactivity) && instance < facts.instances[metric, default: 0]
            && !timers.contains { $0.metric == metric && $0.instance == instance }
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

extension SLATimer {
    /// An untouched-clock that told nobody anything before it was over.
    fileprivate var isSilentTouch: Bool { metric == .agentInactivity && endedAt != nil && fired.isEmpty }

    /// Whether it leaves a ledger with the next change once it is superseded. Counted among those that are kept, a clock without a promise would push one out and then
    /// be forgotten itself with the ticket's end: a replay would keep another.
    fileprivate var isPassing: Bool { promise == nil || isSilentTouch }
}
