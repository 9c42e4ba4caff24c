import Domain
import Store

extension Doctor {
    private typealias NewestTickets = ListTickets<TicketSortColumns.CreatedAt, Descending, AllTickets>

    /// The most events that a page of tickets is chosen to have; a single ticket may have more.
    private static let eventsPerPage = 10_000

    /// Rebuilds tickets and ledgers from their events, the newest tickets of each tenant first (design.md I5).
    func examineHistories() async throws -> DoctorFinding {
        var tally = HistoryTally()
        let unchecked = try await eachTenant(into: &tally) { tenant, tally in
            try await eachHistory(of: tenant) { $0.add(to: &tally, tenant: tenant.slug) }
        }
        return tally.finding.without(unchecked)
    }

    /// The newest tickets of a tenant, as many as the options ask for, each held against its history.
    func eachHistory(of tenant: Tenant, _ body: (HistoryInspection) -> Void) async throws {
        var after: TicketPosition?
        var left = options.histories
        while left > 0 {
            let position = after
            let limit = min(left, Self.page)
            let page = try await environment.configurations.withConfiguration(of: tenant.id) { configuration in
                try await readHistories(after: position, limit: limit, configuration: configuration)
            }
            guard let last = page.last else { return }
            for history in page { body(history) }
            after = TicketPosition(key: last.ticket.createdAt.microseconds, id: last.ticket.id)
            left -= page.count
        }
    }

    private func readHistories(after: TicketPosition?, limit: Int, configuration: TenantConfiguration) async throws -> [HistoryInspection] {
        let tenant = configuration.tenant
        var first = TenantUnit(tenant)
        first.add(RequireConfiguration(tenant: tenant, version: configuration.version))
        let time = first.add(ReadTime())
        let page = first.add(NewestTickets(tenant: tenant, filter: TicketFilter(), after: after, limit: limit))
        return try await database.snapshot(first) { transaction, result in
            let tickets = Self.prefix(try result.rows(page).map(\.ticket))
            guard !tickets.isEmpty, let now = try result.first(time) else { return [] }
            let found = try await transaction.rows(of: LoadLedgers(tenant: tenant, tickets: tickets.map(\.id)))
            let stored = Dictionary(found.map { ($0.ticket, $0.ledger) }, uniquingKeysWith: { first, _ in first })
            let (engine, lifecycle) = (configuration.promises.engine, environment.rules.lifecycle)
            var histories = Dictionary(
                tickets.map { ($0.id, HistoryReading(engine: engine, lifecycle: lifecycle, stored: stored[$0.id] ?? nil)) },
                uniquingKeysWith: { first, _ in first }
            )
            if tickets.count == 1, let ticket = tickets.first {
                // It may have any number of events.
                try await TicketHistory(ticket: ticket.id, tenant: tenant, transaction: transaction).eachPage { histories[ticket.id]?.follow($0) }
            } else {
                let events = LoadEventsOfTickets(tenant: tenant, tickets: tickets.map(\.id), limit: TicketCommands.maximumHistory)
                for (ticket, events) in Dictionary(grouping: try await transaction.rows(of: events), by: \.ticketID) {
                    histories[ticket]?.follow(events)
                }
            }
            return tickets.compactMap { ticket in
                histories[ticket.id].map { history in
                    HistoryInspection(
                        ticket: ticket,
                        history: history,
                        ledger: stored[ticket.id] ?? nil,
                        hasLedger: stored[ticket.id] != nil,
                        now: now,
                        tolerance: Int64(options.limits.overdueSeconds * 1_000_000)
                    )
                }
            }
        }
    }

    /// As many tickets as have ``eventsPerPage`` events together, at least one.
    private static func prefix(_ tickets: [Ticket]) -> [Ticket] {
        var events = 0
        return tickets.enumerated().prefix { offset, ticket in
            events += ticket.lastSequence
            return offset == 0 || events <= eventsPerPage
        }.map(\.element)
    }
}
