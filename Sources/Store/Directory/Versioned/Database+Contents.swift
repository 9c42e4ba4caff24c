public import Domain
public import Postgres

extension Database {
    /// What a statement tells of a thing in the directory; nil where there is no such thing.
    ///
    /// - Throws: ``StoreError``.
    public func rows<S: Statement, Content: StoredContent>(
        _ statement: S,
        of id: ID<Content.Kind>,
        as type: Content.Type,
        in tenant: TenantID
    ) async throws -> [S.Row]? {
        var unit = TenantUnit(tenant)
        let found = unit.add(FindContents<Content>(tenant: tenant, ids: [id]))
        let handle = unit.add(statement)
        let result = try await run(unit)
        return try result.first(found).map { _ in try result.rows(handle) }
    }
}
