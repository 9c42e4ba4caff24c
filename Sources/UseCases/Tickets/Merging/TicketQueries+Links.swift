public import Domain
import Store

extension TicketQueries {
    /// A page of the tickets that went into a ticket or came from it, and those it went into or came from, in the order of their ids.
    ///
    /// - Throws: ``UseCaseError/notFound``.
    public func links(of id: TicketID, in tenant: TenantID, after: TicketID? = nil, limit: Int) async throws -> [TicketLink] {
        try found(await environment.database.rows(ListTicketLinks(tenant: tenant, ticket: id, after: after, limit: limit), of: id, in: tenant))
    }

    /// A page of the customers who follow a ticket beside its own, in the order of their ids.
    ///
    /// - Throws: ``UseCaseError/notFound``.
    public func requesters(
        of id: TicketID,
        in tenant: TenantID,
        after: RequesterID? = nil,
        limit: Int
    ) async throws -> [RequesterFollower] {
        try found(await environment.database.rows(LoadRequesterFollowers(tenant: tenant, ticket: id, after: after, limit: limit), of: id, in: tenant))
    }
}
