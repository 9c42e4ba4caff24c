import Domain
import HTTPTypes
import HummingbirdTesting
import Store
import TestSupport
import Testing
import UseCases

@testable import HTTPAPI

/// What a process does that has missed that a tenant was erased (docs/operations.md).
@Suite struct ErasedTenantTests {
    /// The tables that hold rows of a tenant.
    private static func tables(_ database: TestDatabase, holding tenant: TenantID) async throws -> [String] {
        let tables = try await database.sql(
            """
            SELECT c.relname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'tenant_id'
            WHERE c.relnamespace = 'docket'::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition ORDER BY 1
            """
        )
        let questions = tables.map { "SELECT '\($0[0])' WHERE EXISTS (SELECT FROM docket.\($0[0]) WHERE tenant_id = '\(tenant)')" }
        return try await database.sql(questions.joined(separator: " UNION ALL ")).map { $0[0] }
    }

    @Test("No operation writes a row of a tenant that is gone, whatever the process remembers of it")
    func everyWrite() async throws {
        try await APIFixture.with { api in
            let ids = try await HappyPathTests.seed(api, name: "a")
            let (database, tenant) = (api.database, api.tenantA.id)
            #expect(try await Self.tables(database, holding: tenant).count > 30)
            try await database.sql("UPDATE docket.tenant SET active = false, suspended_at = docket.now() - interval '1 hour' WHERE id = '\(tenant)'")
            let slug = try await database.sql("SELECT slug FROM docket.tenant WHERE id = '\(tenant)'")[0][0]
            try await database.withClient(role: "docket_migrate", lockTimeout: .seconds(30)) { client in
                _ = try await TenantErasure(database: Database(client: client)).erase(slug: slug)
            }
            #expect(try await Self.tables(database, holding: tenant) == [])
            for operation in APIOperations.all where operation.method != .get {
                var headers: HTTPFields = operation.isConditional ? [.ifMatch: "*"] : [:]
                if operation.idempotency != .none { headers[.idempotencyKey] = "k-\(operation.id)" }
                let body = SampleBodies.body(of: operation.id, ids: ids, name: "b")
                let answer = try await api.call(operation.id, ids, body: body, headers: headers, isOrdinary: false)
                let left = try await Self.tables(database, holding: tenant)
                #expect(left == [], "\(operation.id): \(answer.status) \(answer.text)")
            }
        }
    }
}
