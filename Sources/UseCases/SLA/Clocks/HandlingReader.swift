import Domain
import Store

/// Reads where a ticket has been, from its history.
struct HandlingReader: Sendable {
    let environment: UseCaseEnvironment
    let tenant: TenantID

    /// Calls the body with every span up to an instant, in order.
    ///
    /// - Throws: ``StoreError``; what the body throws.
    func eachSpan(of ticket: TicketID, until now: Timestamp, _ body: (HandlingSpan) throws -> Void) async throws {
        var fold = HandlingFold(lifecycle: environment.rules.lifecycle)
        try await HistoryReader(environment: environment, tenant: tenant).eachEvent(of: ticket, until: now) { event in
            if let span = fold.apply(event) { try body(span) }
        }
        if let open = fold.open(until: now) { try body(open) }
    }
}
