import Domain
import Store

extension Doctor {
    enum LedgerOutcome: Hashable, Sendable {
        case written
        /// It is what the history gives; there is none where that gives no clocks.
        case fine
        /// The history is not complete, or does not say exactly what the clocks passed.
        case left
    }

    /// Makes the ledgers again that the events do not rebuild, with their timers, each under the lock of its ticket.
    ///
    /// - Returns: how many were left alone; they stay findings.
    func repairLedgers(of tenant: Tenant, _ count: inout Int) async throws -> Int {
        var wrong: [TicketID] = []
        try await eachHistory(of: tenant) { if !$0.isLedgerRebuilt { wrong.append($0.ticket.id) } }
        var left = 0
        for ticket in wrong {
            switch try await remakeLedger(of: ticket, in: tenant.id) {
            case .written: count += 1
            case .fine: break
            case .left: left += 1
            }
        }
        return left
    }

    /// Makes one ticket's ledger again from its history, wherever it lies, where it is lost, cannot be read, or is another.
    func remakeLedger(of ticket: TicketID, in tenant: TenantID) async throws -> LedgerOutcome {
        try await environment.configurations.withConfiguration(of: tenant) { configuration in
            try await rewriteLedger(of: ticket, configuration: configuration)
        }
    }

    private func rewriteLedger(of ticket: TicketID, configuration: TenantConfiguration) async throws -> LedgerOutcome {
        let tenant = configuration.tenant
        var first = TenantUnit(tenant)
        first.add(RequireConfiguration(tenant: tenant, version: configuration.version))
        let locked = first.add(LockTickets(tenant: tenant, tickets: [ticket]))
        let time = first.add(ReadTime())
        return try await database.transaction(first) { transaction, result in
            guard let row = try result.first(locked), let now = try result.first(time) else { return .left }
            var reading = StatementList()
            let stored = reading.add(LoadLedgers(tenant: tenant, tickets: [ticket]))
            let known = reading.add(LoadTimerRows(tenant: tenant, tickets: [ticket]))
            let read = try await transaction.run(reading)
            let (engine, lifecycle) = (configuration.promises.engine, environment.rules.lifecycle)
            let found = try read.first(stored)
            var history = HistoryReading(engine: engine, lifecycle: lifecycle, stored: found?.ledger)
            try await TicketHistory(ticket: ticket, tenant: tenant, transaction: transaction).eachPage { history.follow($0) }
            let inspection = HistoryInspection(
                ticket: row,
                history: history,
                ledger: found?.ledger,
                hasLedger: found != nil,
                now: now,
                tolerance: Int64(options.limits.overdueSeconds * 1_000_000)
            )
            // Somebody may have put it right meanwhile. A history with gaps cannot say that there were no clocks.
            if inspection.isLedgerRebuilt, found != nil || inspection.isHistoryComplete { return .fine }
            guard inspection.isHistoryComplete, let ledger = history.clocks.rebuilt else {
                return .left
            }
            if found?.ledger?.shortened() == ledger.shortened() { return .fine }
            let rows = try read.rows(known).map(\.timer)
            let promised = ledger.promised.reduce(into: [String: Set<Int>]()) { $0[$1.metric.rawValue, default: []].insert($1.instance) }
            let surplus = rows.filter { promised[$0.metric]?.contains($0.instance) != true }
            var statements = StatementList()
            statements.add(PutLedger(tenant: tenant, ticket: ticket, ledger: ledger.shortened()))
            let timers = ledger.timerRows
            if !timers.isEmpty { statements.add(PutTimers(tenant: tenant, timers: timers.map { (ticket, $0) })) }
            if !surplus.isEmpty { statements.add(DeleteTimers(tenant: tenant, timers: surplus.map { (ticket, $0) })) }
            _ = try await transaction.commit(statements)
            return .written
        }
    }
}
