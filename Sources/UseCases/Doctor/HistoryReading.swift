import Domain

/// A ticket's history, read some events at a time: what it gives, and nothing of the events themselves that is not needed afterwards.
struct HistoryReading {
    private(set) var row = TicketRowFold()
    private(set) var clocks: TicketClockFold

    /// - Parameter stored: the ticket's ledger; nil where there is none, or where it cannot be read.
    init(engine: SLAEngine, lifecycle: Lifecycle, stored: SLALedger?) {
        // A stored one may have more than it must: what ended with the last change, and those of earlier versions.
        clocks = TicketClockFold(engine: engine, lifecycle: lifecycle, stored: stored?.shortened())
    }

    /// Goes on with the events that follow.
    mutating func follow(_ events: [TicketEvent]) {
        row.follow(events)
        clocks.follow(events)
    }
}
