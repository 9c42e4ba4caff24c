import Domain

/// One ticket held against its history.
struct HistoryInspection: Sendable {
    let ticket: Ticket
    let events: Int
    /// nil: the row is the fold over the events.
    let rowFault: TicketRowFault?
    let isLedgerRebuilt: Bool
    /// Whether every event is there, from the creation to the row's last.
    var isHistoryComplete: Bool { rowFault?.isHistoryComplete ?? true }
    /// Whether every target has one outcome, recorded once; where the ledger is not what it should be, nothing can be said.
    let isDecided: Bool

    /// - Parameters:
    ///   - history: the whole of it.
    ///   - ledger: nil where there is none, or where it cannot be read (`hasLedger`).
    ///   - now: the database's time.
    ///   - tolerance: how late a threshold may be, microseconds.
    init(ticket: Ticket, history: HistoryReading, ledger: SLALedger?, hasLedger: Bool, now: Timestamp, tolerance: Int64) {
        self.ticket = ticket
        events = history.row.count
        rowFault = TicketRowFault(ticket, history: history.row)
        let (replayed, thresholds) = (history.clocks.replayed, history.clocks.thresholds)
        let stored = ledger?.shortened()
        let ledger = history.clocks.caughtUp
        if let stored, let ledger {
            let agrees = replayed.map { ledger.shortened().agrees(with: $0.shortened(), history: thresholds, at: now) } ?? false
            isLedgerRebuilt = agrees && stored.hasClocks(of: ledger, at: now)
        } else {
            // A ticket that nothing was ever promised for has no ledger; it gets one with its first policy.
            isLedgerRebuilt = !hasLedger && replayed?.promised.isEmpty == true
        }
        let recorded = thresholds.compactMap(RecordedThreshold.init)
        let timers = ledger.map { ledger in replayed.map { ledger.promised(completedBy: $0) } ?? ledger.promised } ?? []
        let audit = SLAOutcomeAudit(timers: timers, recorded: recorded, now: now, tolerance: tolerance)
        isDecided = !isLedgerRebuilt || audit.isDecided
    }

    func add(to tally: inout HistoryTally, tenant: String) {
        tally.tickets += 1
        tally.events += events
        if let rowFault { tally.add(rowFault, ticket: ticket.number, tenant: tenant) }
        if !isLedgerRebuilt { tally.add(.ledger, ticket: ticket.number, tenant: tenant) }
        if !isDecided { tally.add(.outcome, ticket: ticket.number, tenant: tenant) }
    }
}
