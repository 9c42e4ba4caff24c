public import Domain
import Store

extension RoutingExplanations {
    /// How a ticket found its queue when it came in; nil where it named the queue or came to the default one, and no rule applied.
    ///
    /// - Throws: ``UseCaseError/notFound``, ``StoreError``.
    public func intake(of id: TicketID, in tenant: TenantID) async throws -> IntakeRecord? {
        let statement = LoadEvents(tenant: tenant, ticket: id, limit: 1)
        guard let event = try await environment.database.first(statement, of: tenant) else { throw UseCaseError.notFound }
        guard case .created(let created) = event.payload else { return nil }
        return created.intake
    }
}
