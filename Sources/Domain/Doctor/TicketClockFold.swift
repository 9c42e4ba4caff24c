/// The clocks that a ticket's events give, made some events at a time, and beside them the stored ones brought to the same events: whoever makes them holds little, however
/// long the history is.
public struct TicketClockFold: Sendable {
    private let engine: SLAEngine
    private let lifecycle: Lifecycle
    private let stored: SLALedger?
    private var replay: SLAHistoryReplay
    private var isMeasurable = true
    /// The stored clocks, from the first event on that they do not know.
    private var later: SLAHistoryReplay?
    private var isLaterMeasurable = true
    /// The events that tell of thresholds.
    public private(set) var thresholds: [TicketEvent] = []

    /// - Parameters:
    ///   - stored: the ticket's ledger; nil where there is none, or where it cannot be read.
    ///   - lifecycle: gives the category and the stage of each state.
    public init(engine: SLAEngine, lifecycle: Lifecycle, stored: SLALedger?) {
        self.engine = engine
        self.lifecycle = lifecycle
        self.stored = stored
        replay = SLAHistoryReplay(engine: engine, keepsPromised: true)
    }

    /// Goes on with the events that follow, in the order of their numbers.
    public mutating func follow(_ events: [TicketEvent]) {
        thresholds += events.filter { event in
            switch event.payload {
            case .timerWarned, .timerBreached: true
            default: false
            }
        }
        let signals = events.flatMap { $0.signals(lifecycle: lifecycle) }
        catchUp(signals)
        guard isMeasurable else { return }
        do {
            try replay.follow(signals)
        } catch {
            isMeasurable = false
        }
    }

    /// The ledger that follows from all events, with every clock that was promised; nil where they cannot be measured.
    public var replayed: SLALedger? {
        guard isMeasurable, var ledger = try? replay.ended().ledger, let leftOut = try? replay.leftOut() else { return nil }
        ledger.timers = leftOut + ledger.timers
        return ledger
    }

    /// The stored ledger once it knows all events: routing does not write the state into clocks that go on all the same. As it is where that cannot be measured.
    public var caughtUp: SLALedger? {
        guard isLaterMeasurable, let ledger = try? later?.ended().ledger else { return stored }
        return ledger
    }

    private mutating func catchUp(_ signals: [SLASignal]) {
        guard isLaterMeasurable, let stored, let last = stored.facts.lastSignalAt else { return }
        let missed = signals.filter { $0.at > last }
        guard !missed.isEmpty else { return }
        do {
            if later == nil {
                var known = replay
                if isMeasurable { try known.follow(signals.filter { $0.at <= last }) }
                later = SLAHistoryReplay(engine: engine, continuing: stored, past: isMeasurable ? try known.ended().past : SLAPast())
            }
            try later?.follow(missed)
        } catch {
            isLaterMeasurable = false
        }
    }
}
