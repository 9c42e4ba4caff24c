import Domain

/// The clocks of a ticket that has no ledger, made from its events some at a time: whoever makes them holds few, however long the history is.
///
/// As a rule nothing was promised to such a ticket, and nothing of what is over matters. Where the ledger was lost, its rows may be lost, too: so those are told
/// that the new ledger leaves out (decision 0022).
struct ReplayedClocks: Sendable {
    private let lifecycle: Lifecycle
    private var replay: SLAHistoryReplay
    private var failure: SLAError?
    /// The number of the last event that they know.
    private(set) var sequence = 0

    init(engine: SLAEngine, lifecycle: Lifecycle) {
        self.lifecycle = lifecycle
        replay = SLAHistoryReplay(engine: engine, keepsPromised: true)
    }

    /// Goes on with the events that follow. One that cannot be measured is told by ``ended()``.
    mutating func follow(_ events: some Collection<TicketEvent>) {
        guard let last = events.map(\.sequence).max() else { return }
        sequence = last
        guard failure == nil else { return }
        do {
            try replay.follow(events.flatMap { $0.signals(lifecycle: lifecycle) })
        } catch {
            failure = error
        }
    }

    /// - Throws: ``SLAError`` where the events cannot be measured.
    func ended() throws(SLAError) -> (ledger: SLALedger, leftOut: [SLATimer]) {
        if let failure { throw failure }
        return (try replay.ended().ledger, try replay.leftOut())
    }
}
