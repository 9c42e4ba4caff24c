import Domain
import Store

/// What the key says through which a ticket came (features.md A1.11).
extension TicketCommands {
    /// Whether a ticket came through a VIP's key, or comes from one that did. Only its first event says so: it is asked where another requester comes in,
    /// or another ticket is made of this one, and only of those who are VIPs already.
    func cameThroughVIPKey(_ ticket: Ticket, in situation: Situation) async throws -> Bool {
        guard ticket.content.isRequesterVIP else { return false }
        let first = LoadEvents(tenant: situation.tenant, ticket: ticket.id, limit: 1)
        guard case .created(let created)? = try await situation.transaction.first(of: first)?.payload else { return false }
        return created.isThroughVIPKey ?? false
    }
}
