public import Domain
import Postgres

extension Database {
    /// A page of all tenants in the order of their ids. For the operator's role only.
    ///
    /// - Parameter slug: only the tenant of this name.
    /// - Throws: ``StoreError``.
    public func tenants(after: TenantID? = nil, limit: Int, slug: String? = nil) async throws -> [Tenant] {
        try await runGlobal(ListTenants(after: after, limit: limit, slug: slug))
    }
}

/// Versions before migration 0077 left no word of an erasure that they began. A tenant that has only lost its configuration is not taken for one of these: the advice for them
/// is to erase what is left.
private struct ListTenants: Statement {
    static let sql = """
        SELECT t.id, t.slug, t.name, t.plan_weight, t.active, t.created_at, NOT t.active AND t.erasure_began_at IS NOT NULL
        FROM docket.tenant t WHERE t.id > $1 AND ($3::text IS NULL OR t.slug = $3) ORDER BY t.id LIMIT $2
        """
    let after: TenantID?
    let limit: Int
    let slug: String?

    func bind(into binder: inout Binder) {
        binder.append(after ?? TenantID.lowest)
        binder.append(Int64(limit))
        binder.append(slug)
    }

    static func decode(_ row: RowView) throws(DecodeError) -> Tenant {
        var columns = ColumnReader(row)
        return Tenant(
            id: try columns.next(),
            slug: try columns.next(),
            name: try columns.next(),
            planWeight: Int(try columns.next(Int32.self)),
            isActive: try columns.next(),
            createdAt: try columns.next(),
            isBeingErased: try columns.next()
        )
    }
}
