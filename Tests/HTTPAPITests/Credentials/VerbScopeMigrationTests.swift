import Foundation
import TestSupport
import Testing

@testable import HTTPAPI

/// Keys of the time before each verb had a scope of its own (decision 0040).
@Suite struct VerbScopeMigrationTests {
    private static let migration = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "sql/migrations/0061_verb_scopes.sql")

    @Test(
        "A key may after the migration what it could do before it, and nothing else",
        arguments: [
            (["tickets:assign"], [.ticketsTransfer, .ticketsReturn, .ticketsWithdraw]),
            (["tickets:assign", "tickets:read", "tickets:urge"], [.ticketsTransfer, .ticketsReturn, .ticketsWithdraw, .ticketsRead, .ticketsUrge]),
            (["tickets:write"], [.ticketsWrite]),
            (["tickets:read", "keys:write"], [.ticketsRead, .keysWrite]),
        ] as [([String], [Scope])]
    )
    func keys(_ row: (before: [String], after: [Scope])) async throws {
        try await TestDatabase.with { database in
            let tenant = try await TestTenant.make(in: database)
            try await database.sql(
                """
                INSERT INTO docket.api_key (hash, id, tenant_id, name, prefix, last_four, scopes, created_at)
                    VALUES (sha256('old'), gen_random_uuid(), '\(tenant.id)', 'old', 'dkt_live_', 'abcd', '{\(row.before.joined(separator: ","))}', docket.now())
                """
            )
            try await database.sql(try String(contentsOf: Self.migration, encoding: .utf8))
            let names = try await database.sql("SELECT unnest(scopes) FROM docket.api_key").map { $0[0] }
            #expect(ScopeSet(names: names) == ScopeSet(row.after) && names.count == row.after.count)
        }
    }
}
