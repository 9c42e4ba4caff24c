import Domain
import Store

/// One ticket's rows in the scheduler's table, held against its ledger.
struct TimerInspection: Sendable {
    let ticket: TicketID
    let isUnreadable: Bool
    /// Timers of the ledger without their row, or with one that says something else.
    let wrong: [SLATimer]
    /// Rows that the ledger does not know.
    let surplus: [TimerRow]

    /// A ticket without a ledger has no timers.
    init(ticket: TicketID, rows: [TimerRow]) {
        self.ticket = ticket
        isUnreadable = false
        wrong = []
        surplus = rows
    }

    init(_ row: LoadLedgers.Row, rows: [TimerRow]) {
        ticket = row.ticket
        isUnreadable = row.ledger == nil
        let promised = row.ledger?.promised ?? []
        wrong = promised.filter { !rows.contains(TimerRow(of: $0)) }
        // Without a readable ledger nothing can be said about the rows.
        surplus =
            row.ledger == nil ? [] : rows.filter { row in !promised.contains { $0.metric.rawValue == row.metric && $0.instance == row.instance } }
    }

    var isFine: Bool { wrong.isEmpty && surplus.isEmpty }
}

extension Doctor {
    /// Holds every ledger of a tenant against its rows, page by page; each page is one snapshot.
    func eachTimerInspection(of tenant: TenantID, _ body: (TimerInspection) async throws -> Void) async throws {
        var after: TicketID?
        while true {
            var first = TenantUnit(tenant)
            let page = first.add(LedgerPage(tenant: tenant, after: after, limit: Self.page))
            let inspections = try await database.snapshot(first) { transaction, result in
                let ledgers = try result.rows(page)
                guard !ledgers.isEmpty else { return [TimerInspection]() }
                var statements = StatementList()
                let timers = statements.add(LoadTimerRows(tenant: tenant, tickets: ledgers.map(\.ticket)))
                let rows = Dictionary(grouping: try await transaction.run(statements).rows(timers), by: \.ticket)
                return ledgers.map { TimerInspection($0, rows: rows[$0.ticket]?.map(\.timer) ?? []) }
            }
            for inspection in inspections { try await body(inspection) }
            guard let last = inspections.last else { return }
            after = last.ticket
        }
    }
}
