public import Domain
public import Postgres

/// One statement about one tenant, in a round trip of its own: what most readers need. Several go together in a ``TenantUnit``.
extension Database {
    /// The rows of a statement.
    ///
    /// - Throws: ``StoreError``.
    public func rows<S: Statement>(_ statement: S, of tenant: TenantID) async throws -> [S.Row] {
        var unit = TenantUnit(tenant)
        let handle = unit.add(statement)
        return try await run(unit).rows(handle)
    }

    /// The first row of a statement, or nil where it gave none.
    ///
    /// - Throws: ``StoreError``.
    public func first<S: Statement>(_ statement: S, of tenant: TenantID) async throws -> S.Row? {
        var unit = TenantUnit(tenant)
        let handle = unit.add(statement)
        return try await run(unit).first(handle)
    }

    /// Runs a statement that returns nothing.
    ///
    /// - Throws: ``StoreError``.
    public func run<S: Statement>(_ statement: S, of tenant: TenantID) async throws where S.Row == NoRow {
        var unit = TenantUnit(tenant)
        unit.add(statement)
        _ = try await run(unit)
    }

    /// How many rows a statement wrote.
    ///
    /// - Throws: ``StoreError``.
    public func affected(_ statement: some Statement, of tenant: TenantID) async throws -> Int {
        var unit = TenantUnit(tenant)
        let handle = unit.add(statement)
        return try await run(unit).affected(handle)
    }
}
