import Domain
import Store

extension TicketCommands {
    /// Changes a ticket in the dispatcher's name; nobody asked for it.
    ///
    /// - Returns: whether something happened.
    func changeAsDispatcher(
        _ ticket: TicketID,
        of tenant: TenantID,
        _ decide: @escaping @Sendable (Situation) async throws -> TicketChange
    ) async throws -> Bool {
        guard case .done(let change) = try await change(TicketRequest(ticket, in: tenant, by: .dispatcher), decide) else { return false }
        return !change.isEmpty
    }
}
