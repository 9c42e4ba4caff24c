public import Domain
import Postgres

extension Database {
    /// Active tenants with tickets that are due to be closed or archived, or to be told about, at most 10,000.
    ///
    /// - Throws: ``StoreError``.
    public func tenantsWithAgedTickets() async throws -> [TenantID] {
        try await runGlobal(TenantsWithAgedTickets())
    }
}

private struct TenantsWithAgedTickets: Statement {
    static let sql = "SELECT tenant_id FROM docket.tenants_with_aged_tickets(10000)"

    static func decode(_ row: RowView) throws(DecodeError) -> TenantID {
        try row.decode(TenantID.self, at: 0)
    }
}
