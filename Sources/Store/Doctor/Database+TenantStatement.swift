public import Domain
public import Postgres

extension Database {
    /// The rows of one statement about one tenant.
    ///
    /// - Throws: ``StoreError``.
    public func rows<S: Statement>(_ statement: S, of tenant: TenantID) async throws -> [S.Row] {
        var unit = TenantUnit(tenant)
        let handle = unit.add(statement)
        return try await run(unit).rows(handle)
    }

    /// How many rows one statement about one tenant wrote.
    ///
    /// - Throws: ``StoreError``.
    public func affected(_ statement: some Statement, of tenant: TenantID) async throws -> Int {
        var unit = TenantUnit(tenant)
        let handle = unit.add(statement)
        return try await run(unit).affected(handle)
    }
}
