import Domain
import Store

extension TenantTransaction {
    /// What entries must say that were read before in this transaction.
    ///
    /// Promises are asked where a queue goes by them; a ticket that cannot be read, or whose clocks cannot, is left out.
    func expected(
        _ stored: [StoredEntry],
        at now: Timestamp,
        configuration: TenantConfiguration
    ) async throws -> (entries: [ExpectedEntry], unreadable: [UnreadableTicket]) {
        guard !stored.isEmpty else { return ([], []) }
        let tenant = configuration.tenant
        let byDeadline = stored.filter { configuration.queues[$0.queue]?.order.isByDeadline ?? false }
        var statements = StatementList()
        let tickets = statements.add(LoadWaitingTickets(tenant: tenant, tickets: stored.map(\.ticket)))
        let ledgers = byDeadline.isEmpty ? nil : statements.add(LoadLedgers(tenant: tenant, tickets: byDeadline.map(\.ticket)))
        let result = try await run(statements)
        var found: [TicketID: Ticket] = [:]
        var unreadable: [UnreadableTicket] = []
        for row in try result.rows(tickets) {
            switch row.ticket {
            case .success(let ticket): found[row.id] = ticket
            case .failure(let error): unreadable.append(UnreadableTicket(ticket: row.id, error: error))
            }
        }
        let clocks = Dictionary(
            try ledgers.map { try result.rows($0) }?.map { ($0.ticket, $0.ledger) } ?? [],
            uniquingKeysWith: { first, _ in first }
        )
        let entries = stored.compactMap { entry -> ExpectedEntry? in
            guard let ticket = found[entry.ticket] else { return nil }
            let ledger = clocks[entry.ticket]
            if case .some(.none) = ledger { return nil }
            return ExpectedEntry(entry, of: ticket, dueAt: ledger??.nextDueAt, at: now, configuration: configuration)
        }
        return (entries, unreadable)
    }
}
