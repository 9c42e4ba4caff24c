import Domain
import Store

/// Reads where a ticket has been, page by page of its history.
struct HandlingReader: Sendable {
    let environment: UseCaseEnvironment
    let tenant: TenantID

    private static let page = 1_000

    /// Calls the body with every span up to an instant, in order.
    ///
    /// - Throws: ``StoreError``; what the body throws.
    func eachSpan(of ticket: TicketID, until now: Timestamp, _ body: (HandlingSpan) throws -> Void) async throws {
        var fold = HandlingFold(lifecycle: environment.rules.lifecycle)
        var after = 0
        // Not one snapshot: events are only ever added, and those after `now` are left out.
        while after < TicketCommands.maximumHistory {
            var unit = TenantUnit(tenant)
            let handle = unit.add(LoadEvents(tenant: tenant, ticket: ticket, after: after, limit: Self.page))
            let events = try await environment.database.run(unit).rows(handle)
            for event in events where event.at <= now {
                if let span = fold.apply(event) { try body(span) }
            }
            guard let last = events.last, events.count == Self.page, last.at <= now else { break }
            after = last.sequence
        }
        if let open = fold.open(until: now) { try body(open) }
    }
}
