/// Replays a ticket's signals piece by piece, for histories that are too long to be held as a whole (decision 59): what it keeps does not grow with what is over.
public struct SLAHistoryReplay: Sendable {
    private var fold: SLAFold
    /// Those of the last instant so far. The next piece may have more of it, and signals of one instant take effect together.
    private var held: [SLASignal] = []
    private let keepsPromised: Bool
    private var kept: [SLATimer] = []

    /// - Parameter keepsPromised: whether ``leftOut()`` is asked for, which grows with the clocks that are over and for which something was promised.
    public init(engine: SLAEngine, keepsPromised: Bool = false) {
        self.keepsPromised = keepsPromised
        fold = SLAFold(context: engine.context, ledger: SLALedger(), past: SLAPast(), leavesOut: true)
    }

    /// Goes on from a ledger.
    ///
    /// - Parameter past: what a merge must know of the signals that the ledger follows from.
    init(engine: SLAEngine, continuing ledger: SLALedger, past: SLAPast) {
        keepsPromised = false
        fold = SLAFold(context: engine.context, ledger: ledger, past: past, leavesOut: true)
    }

    /// Goes on with further signals, none of which lies before those of earlier calls.
    ///
    /// - Throws: ``SLAError``.
    public mutating func follow(_ signals: [SLASignal]) throws(SLAError) {
        guard let last = signals.map(\.at).max() else { return }
        let all = held + signals
        try fold.follow(all.filter { $0.at < last })
        held = all.filter { $0.at >= last }
        if keepsPromised { kept += fold.leftOut.filter { $0.promise != nil } }
        fold.forgetWhatIsOver()
    }

    /// The ledger that follows from all signals, without what ``SLALedger/shortened()`` leaves out, and what a merge after them must know of them.
    ///
    /// - Throws: ``SLAError``.
    public func ended() throws(SLAError) -> (ledger: SLALedger, past: SLAPast) {
        var fold = fold
        try fold.follow(held)
        return (fold.ledger, fold.past)
    }

    /// The timers that the ledger leaves out although something was promised for them; none unless they are kept.
    ///
    /// - Throws: ``SLAError``.
    public func leftOut() throws(SLAError) -> [SLATimer] {
        guard keepsPromised else { return [] }
        var fold = fold
        try fold.follow(held)
        return kept + fold.leftOut.filter { $0.promise != nil }
    }
}
