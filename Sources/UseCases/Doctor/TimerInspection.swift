import Domain
import Store

/// One ticket's rows in the scheduler's table, held against its ledger.
struct TimerInspection: Sendable {
    let ticket: TicketID
    let isUnreadable: Bool
    /// Timers of the ledger without their row, or with one that says something else.
    let wrong: [TimerRow]
    /// Rows that the ledger does not know.
    let surplus: [TimerRow]
    private let promised: [SLATimer]
    private let recorded: [RecordedThreshold]
    private let now: Timestamp?

    /// A ticket without a ledger has no timers.
    init(ticket: TicketID, rows: [TimerRow]) {
        self.ticket = ticket
        isUnreadable = false
        wrong = []
        surplus = rows
        promised = []
        recorded = []
        now = nil
    }

    /// - Parameters:
    ///   - recorded: what the table of firings says about the ticket, in the order of recording.
    ///   - now: the database's time; nil: only rows are compared.
    init(_ row: LoadLedgers.Row, rows: [TimerRow], recorded: [RecordedThreshold] = [], now: Timestamp? = nil) {
        ticket = row.ticket
        isUnreadable = row.ledger == nil
        let promised = row.ledger?.promised ?? []
        self.promised = promised
        self.recorded = recorded.filter { row.ledger?.mayLack($0.metric, instance: $0.instance) != true }
        self.now = now
        wrong = (row.ledger?.timerRows ?? []).filter { !rows.contains($0) }
        // Without a readable ledger nothing can be said about the rows, and a shortened one does not know all timers that are over.
        surplus =
            row.ledger.map { ledger in
                rows.filter { row in
                    !promised.contains { $0.metric.rawValue == row.metric && $0.instance == row.instance } && !ledger.mayLack(row)
                }
            } ?? []
    }

    var isFine: Bool { wrong.isEmpty && surplus.isEmpty }

    /// Whether every target has one outcome, recorded once in the table of firings.
    ///
    /// - Parameter tolerance: how late a scheduler may be, seconds.
    func isDecided(tolerance: Double) -> Bool {
        guard !isUnreadable, let now else { return true }
        return SLAOutcomeAudit(timers: promised, recorded: recorded, now: now, tolerance: Int64(tolerance * 1_000_000)).isDecided
    }
}

extension SLALedger {
    /// Whether a row may be that of a timer that is over and was left out.
    fileprivate func mayLack(_ row: TimerRow) -> Bool {
        guard let metric = SLAMetric(rawValue: row.metric), let state = SLATimer.State(rawValue: row.state) else { return false }
        return [.met, .breachedMet, .cancelled].contains(state) && mayLack(metric, instance: row.instance)
    }
}

extension Doctor {
    /// Holds every ledger of a tenant against its rows, page by page; each page is one snapshot.
    func eachTimerInspection(of tenant: TenantID, _ body: (TimerInspection) async throws -> Void) async throws {
        var after: TicketID?
        while true {
            var first = TenantUnit(tenant)
            let page = first.add(LedgerPage(tenant: tenant, after: after, limit: Self.page))
            let time = first.add(ReadTime())
            let inspections = try await database.snapshot(first) { transaction, result in
                let ledgers = try result.rows(page)
                guard !ledgers.isEmpty else { return [TimerInspection]() }
                var statements = StatementList()
                let timers = statements.add(LoadTimerRows(tenant: tenant, tickets: ledgers.map(\.ticket)))
                let firings = statements.add(LoadFiringsOfTickets(tenant: tenant, tickets: ledgers.map(\.ticket)))
                let read = try await transaction.run(statements)
                let rows = Dictionary(grouping: try read.rows(timers), by: \.ticket)
                let recorded = Dictionary(grouping: try read.rows(firings), by: \.ticket)
                let now = try result.first(time)
                return ledgers.map { ledger in
                    TimerInspection(
                        ledger,
                        rows: rows[ledger.ticket]?.map(\.timer) ?? [],
                        recorded: recorded[ledger.ticket]?.map(\.threshold) ?? [],
                        now: now
                    )
                }
            }
            for inspection in inspections { try await body(inspection) }
            guard let last = inspections.last else { return }
            after = last.ticket
        }
    }
}
