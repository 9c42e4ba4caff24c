public import Domain
public import Postgres

extension Database {
    /// What a statement tells of a ticket; nil where there is no such ticket.
    public func rows<S: Statement>(_ statement: S, of ticket: TicketID, in tenant: TenantID) async throws -> [S.Row]? {
        var unit = TenantUnit(tenant)
        let found = unit.add(LoadTicket(tenant: tenant, ticket: ticket))
        let handle = unit.add(statement)
        let result = try await run(unit)
        return try result.first(found).map { _ in try result.rows(handle) }
    }
}
