import Domain
import Store

/// Reads a ticket's history page by page; a page is bounded in bytes, too, because edits of long descriptions make events of half a megabyte.
struct HistoryReader: Sendable {
    let environment: UseCaseEnvironment
    let tenant: TenantID

    private static let page = 500

    /// Calls the body with every event up to an instant, in order.
    ///
    /// - Throws: ``StoreError``; what the body throws.
    func eachEvent(of ticket: TicketID, until now: Timestamp, _ body: (TicketEvent) throws -> Void) async throws {
        try await eachPage(of: ticket, until: now) { try $0.forEach(body) }
    }

    /// Calls the body with some events up to an instant after the other, in order.
    ///
    /// - Parameters:
    ///   - sequence: the number of the event behind which it begins.
    ///   - now: nil: all that there are.
    /// - Throws: ``StoreError``; what the body throws.
    func eachPage(
        of ticket: TicketID,
        after sequence: Int = 0,
        until now: Timestamp? = nil,
        _ body: ([TicketEvent]) throws -> Void
    ) async throws {
        let now = now ?? Timestamp(microseconds: .max)
        var after = sequence
        // Not one snapshot: events are only ever added, and those after `now` are left out.
        while true {
            var unit = TenantUnit(tenant)
            let handle = unit.add(LoadEventsPage(tenant: tenant, ticket: ticket, after: after, limit: Self.page))
            let events = try await environment.database.run(unit).rows(handle)
            try body(events.filter { $0.at <= now })
            guard let last = events.last, last.at <= now else { break }
            after = last.sequence
        }
    }
}
