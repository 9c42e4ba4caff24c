import Domain
import Store

extension Doctor {
    /// Makes the ledgers again that the events do not rebuild, with their timers, each under the lock of its ticket. A ticket whose history does not say
    /// what its clocks passed is left alone, and stays a finding.
    func repairLedgers(of tenant: Tenant, _ count: inout Int) async throws {
        for history in try await wrongLedgers(of: tenant) {
            let isWritten = try await environment.configurations.withConfiguration(of: tenant.id) { configuration in
                try await rewriteLedger(of: history, configuration: configuration)
            }
            if isWritten { count += 1 }
        }
    }

    private func wrongLedgers(of tenant: Tenant) async throws -> [TicketID] {
        var wrong: [TicketID] = []
        try await eachHistory(of: tenant) { if !$0.isLedgerRebuilt { wrong.append($0.ticket.id) } }
        return wrong
    }

    private func rewriteLedger(of ticket: TicketID, configuration: TenantConfiguration) async throws -> Bool {
        let tenant = configuration.tenant
        var first = TenantUnit(tenant)
        first.add(RequireConfiguration(tenant: tenant, version: configuration.version))
        first.add(LockTickets(tenant: tenant, tickets: [ticket]))
        return try await database.transaction(first) { transaction, _ in
            var reading = StatementList()
            let history = reading.add(LoadEvents(tenant: tenant, ticket: ticket, limit: TicketCommands.maximumHistory))
            let stored = reading.add(LoadLedgers(tenant: tenant, tickets: [ticket]))
            let known = reading.add(LoadTimerRows(tenant: tenant, tickets: [ticket]))
            let read = try await transaction.run(reading)
            let lifecycle = environment.rules.lifecycle
            let events = try read.rows(history)
            guard let ledger = SLALedger.rebuilt(from: events, engine: configuration.promises.engine, lifecycle: lifecycle) else { return false }
            // Somebody may have put it right meanwhile.
            if try read.first(stored)?.ledger?.shortened() == ledger.shortened() { return false }
            let rows = try read.rows(known).map(\.timer)
            let promised = ledger.promised.reduce(into: [String: Set<Int>]()) { $0[$1.metric.rawValue, default: []].insert($1.instance) }
            let surplus = rows.filter { promised[$0.metric]?.contains($0.instance) != true }
            var statements = StatementList()
            statements.add(PutLedger(tenant: tenant, ticket: ticket, ledger: ledger.shortened()))
            let timers = ledger.timerRows
            if !timers.isEmpty { statements.add(PutTimers(tenant: tenant, timers: timers.map { (ticket, $0) })) }
            if !surplus.isEmpty { statements.add(DeleteTimers(tenant: tenant, timers: surplus.map { (ticket, $0) })) }
            _ = try await transaction.commit(statements)
            return true
        }
    }
}
