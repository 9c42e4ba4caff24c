public import Domain
import Postgres

extension Database {
    /// Tenants that have, or had, a policy with penalties.
    ///
    /// - Parameter after: the last of the page before.
    /// - Throws: ``StoreError``.
    public func tenantsWithPenalties(after: TenantID? = nil, limit: Int) async throws -> [TenantID] {
        try await runGlobal(TenantsWithPenalties(after: after ?? TenantID.lowest, limit: limit))
    }
}

private struct TenantsWithPenalties: Statement {
    typealias Row = TenantID
    static let sql = "SELECT tenant_id FROM docket.tenants_with_penalties($1, $2)"
    let after: TenantID
    let limit: Int

    func bind(into binder: inout Binder) {
        binder.append(after)
        binder.append(Int32(clamping: limit))
    }

    static func decode(_ row: RowView) throws(DecodeError) -> TenantID { try row.decode(TenantID.self, at: 0) }
}
