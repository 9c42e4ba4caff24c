import Domain
import Store

/// A ticket's events, read page by page in a transaction: those who follow its clocks from the beginning need all of them, however many they are, and hold few at a time:
/// edits of long descriptions make events of half a megabyte.
struct TicketHistory: Sendable {
    private static let page = 500

    let ticket: TicketID
    let tenant: TenantID
    /// Locks the ticket, or sees one snapshot: no event may come in between.
    let transaction: TenantTransaction

    /// Calls the body with some events after the other, in order.
    ///
    /// - Parameter sequence: the number of the event behind which it begins.
    /// - Throws: ``StoreError``; what the body throws.
    func eachPage(after sequence: Int = 0, _ body: ([TicketEvent]) throws -> Void) async throws {
        var after = sequence
        while true {
            let page = try await transaction.rows(of: LoadEventsPage(tenant: tenant, ticket: ticket, after: after, limit: Self.page))
            guard let last = page.last else { return }
            try body(page)
            after = last.sequence
        }
    }
}
