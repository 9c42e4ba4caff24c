import Domain
import Store
import TestSupport
import Testing
import UseCases

/// Two tenants with rows in every table: nothing is found missing that never was there. A third one is erased.
struct ProbedTenants: Sendable {
    let mine: TenantID
    let other: TenantID
    let erased: TenantID

    static func with(_ body: @Sendable (TestDatabase, ProbedTenants) async throws -> Void) async throws {
        try await TestDatabase.with { database in
            let erased = try await TestTenant.make(in: database, slug: "erased")
            try await erase(erased, in: database)
            let (mine, other) = (try await TestTenant.make(in: database), try await TestTenant.make(in: database))
            try await database.fillTenantTables()
            let before = try await database.sql(counts)
            try #require(before.count >= 100)
            try #require(before.filter { $0[2] == "0" } == [], "each table has rows of both")
            try await body(database, ProbedTenants(mine: mine.id, other: other.id, erased: erased.id))
            #expect(try await database.sql(counts) == before)
        }
    }

    private static func erase(_ tenant: TestTenant, in database: TestDatabase) async throws {
        try await database.sql(
            "UPDATE docket.tenant SET active = false, suspended_at = docket.now() - interval '1 hour' WHERE id = '\(tenant.id)'"
        )
        try await database.withClient(role: "docket_migrate") { client in
            _ = try await TenantErasure(database: Database(client: client)).erase(slug: "erased")
        }
    }

    private static let counts = """
        SELECT c.relname, n.id, (xpath('/row/n/text()', query_to_xml(
            format('SELECT count(*) AS n FROM docket.%I WHERE tenant_id = %L', c.relname, n.id), false, true, '')))[1]::text
        FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'tenant_id' CROSS JOIN docket.tenant n
        WHERE c.relnamespace = 'docket'::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition ORDER BY 1, 2
        """
}
