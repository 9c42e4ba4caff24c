public import Domain
import Postgres

/// A ticket whose offer is over by its time.
public struct DueOffer: Hashable, Sendable {
    public let tenant: TenantID
    public let ticket: TicketID
}

extension Database {
    /// Looks for offers that nobody answered in time, over all tenants: ids only (design.md 3).
    ///
    /// - Throws: ``StoreError``.
    public func offersDue(limit: Int) async throws -> [DueOffer] {
        try await runGlobal(OffersDue(limit: limit))
    }
}

private struct OffersDue: Statement {
    static let sql = "SELECT tenant_id, ticket_id FROM docket.offers_due($1)"
    let limit: Int

    func bind(into binder: inout Binder) {
        binder.append(Int32(clamping: limit))
    }

    static func decode(_ row: RowView) throws(DecodeError) -> DueOffer {
        DueOffer(tenant: try row.decode(TenantID.self, at: 0), ticket: try row.decode(TicketID.self, at: 1))
    }
}
