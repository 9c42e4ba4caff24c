public import Domain
import Store

extension TicketQueries {
    /// A page of a ticket's consultations, in order.
    ///
    /// - Parameter viewer: a provider's agent, who sees what concerns him, and all while he works on the ticket or is asked about it; nil for all who see every
    ///   ticket.
    /// - Throws: ``UseCaseError/notFound``.
    public func consultations(
        of id: TicketID,
        in tenant: TenantID,
        viewer: AgentID? = nil,
        after: ConsultationID?,
        limit: Int
    ) async throws -> [Consultation] {
        let page = LoadConsultations(tenant: tenant, ticket: id, viewer: viewer, after: after, limit: limit)
        return try found(await environment.database.rows(page, of: id, in: tenant))
    }

    /// One of them.
    public func consultation(_ id: ConsultationID, of ticket: TicketID, in tenant: TenantID, viewer: AgentID? = nil) async throws -> Consultation {
        try found(await environment.database.first(LoadConsultation(tenant: tenant, ticket: ticket, id: id, viewer: viewer), of: tenant))
    }
}
