public import Domain
public import Store

extension TicketQueries {
    /// A page of the tickets that went into a ticket or came from it, and those it went into or came from, in the order of their ids.
    ///
    /// - Throws: ``UseCaseError/notFound``.
    public func links(of id: TicketID, in tenant: TenantID, after: TicketID? = nil, limit: Int) async throws -> [ListTicketLinks.Row] {
        var unit = TenantUnit(tenant)
        let found = unit.add(LoadTicket(tenant: tenant, ticket: id))
        let handle = unit.add(ListTicketLinks(tenant: tenant, ticket: id, after: after, limit: limit))
        let result = try await environment.database.run(unit)
        guard try result.first(found) != nil else { throw UseCaseError.notFound }
        return try result.rows(handle)
    }

    /// A page of the customers who follow a ticket beside its own, in the order of their ids.
    ///
    /// - Throws: ``UseCaseError/notFound``.
    public func requesters(
        of id: TicketID,
        in tenant: TenantID,
        after: RequesterID? = nil,
        limit: Int
    ) async throws -> [LoadRequesterFollowers.Row] {
        var unit = TenantUnit(tenant)
        let found = unit.add(LoadTicket(tenant: tenant, ticket: id))
        let handle = unit.add(LoadRequesterFollowers(tenant: tenant, ticket: id, after: after, limit: limit))
        let result = try await environment.database.run(unit)
        guard try result.first(found) != nil else { throw UseCaseError.notFound }
        return try result.rows(handle)
    }
}
