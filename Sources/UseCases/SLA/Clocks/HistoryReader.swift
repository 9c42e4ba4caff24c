import Domain
import Store

/// Reads a ticket's history page by page.
struct HistoryReader: Sendable {
    let environment: UseCaseEnvironment
    let tenant: TenantID

    private static let page = 1_000

    /// Calls the body with every event up to an instant, in order.
    ///
    /// - Throws: ``StoreError``; what the body throws.
    func eachEvent(of ticket: TicketID, until now: Timestamp, _ body: (TicketEvent) throws -> Void) async throws {
        var after = 0
        // Not one snapshot: events are only ever added, and those after `now` are left out.
        while after < TicketCommands.maximumHistory {
            var unit = TenantUnit(tenant)
            let handle = unit.add(LoadEvents(tenant: tenant, ticket: ticket, after: after, limit: Self.page))
            let events = try await environment.database.run(unit).rows(handle)
            for event in events where event.at <= now { try body(event) }
            guard let last = events.last, events.count == Self.page, last.at <= now else { break }
            after = last.sequence
        }
    }
}
