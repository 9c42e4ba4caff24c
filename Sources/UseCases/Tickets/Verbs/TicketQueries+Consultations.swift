public import Domain
import Store

extension TicketQueries {
    /// A page of a ticket's consultations, in order.
    ///
    /// - Throws: ``UseCaseError/notFound``.
    public func consultations(of id: TicketID, in tenant: TenantID, after: ConsultationID?, limit: Int) async throws -> [Consultation] {
        let page = LoadConsultations(tenant: tenant, ticket: id, after: after, limit: limit)
        return try found(await environment.database.rows(page, of: id, in: tenant))
    }

    /// - Throws: ``UseCaseError/notFound``.
    public func consultation(_ id: ConsultationID, of ticket: TicketID, in tenant: TenantID) async throws -> Consultation {
        try found(await environment.database.first(LoadConsultation(tenant: tenant, ticket: ticket, id: id), of: tenant))
    }
}
