public import Domain
import Postgres

/// A table that holds rows of tenants.
public struct TenantTable: Hashable, Sendable {
    /// With its schema, quoted where that is needed.
    public let name: String
    /// The tables whose rows its rows name.
    public let parents: Set<String>

    public init(name: String, parents: Set<String>) {
        self.name = name
        self.parents = parents
    }
}

extension Database {
    /// All tables with a tenant's rows, from the catalogue. For the operator's role only.
    ///
    /// - Throws: ``StoreError``.
    public func tenantTables() async throws -> [TenantTable] {
        try await runGlobal(ListTenantTables())
    }

    /// The tenants that are gone and have left rows in a table. For the operator's role only.
    ///
    /// - Throws: ``StoreError``.
    public func tenantsGone(from table: TenantTable, limit: Int) async throws -> [TenantID] {
        try await runGlobal(TenantsGone(table: table, limit: limit))
    }
}

private struct TenantsGone: Statement {
    static let sql = "SELECT tenant_id FROM docket.tenants_gone($1::text::regclass, $2)"
    let table: TenantTable
    let limit: Int

    func bind(into binder: inout Binder) {
        binder.append(table.name)
        binder.append(Int32(clamping: limit))
    }

    static func decode(_ row: RowView) throws(DecodeError) -> TenantID {
        try row.decode(TenantID.self, at: 0)
    }
}

private struct ListTenantTables: Statement {
    static let sql = """
        SELECT format('docket.%I', c.relname), coalesce(array_agg(DISTINCT format('docket.%I', p.relname)) FILTER (WHERE p.oid IS NOT NULL), '{}')
        FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'tenant_id' AND NOT a.attisdropped
        LEFT JOIN pg_constraint k ON k.conrelid = c.oid AND k.contype = 'f' AND k.confrelid <> c.oid
        LEFT JOIN pg_class p ON p.oid = k.confrelid AND p.relname <> 'tenant'
        WHERE c.relnamespace = 'docket'::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition GROUP BY c.oid, c.relname ORDER BY c.relname
        """

    static func decode(_ row: RowView) throws(DecodeError) -> TenantTable {
        var columns = ColumnReader(row)
        return TenantTable(name: try columns.next(), parents: Set(try columns.nextArray(String.self)))
    }
}
