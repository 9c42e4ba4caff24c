public import Domain
import Store

extension TicketQueries {
    /// A page of a ticket's followers in the order of their ids.
    ///
    /// - Throws: ``UseCaseError/notFound``.
    public func followers(of id: TicketID, in tenant: TenantID, after: AgentID? = nil, limit: Int) async throws -> [TicketFollower] {
        try found(await environment.database.rows(LoadFollowers(tenant: tenant, ticket: id, after: after, limit: limit), of: id, in: tenant))
    }
}
