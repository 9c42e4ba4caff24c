import TestSupport
import Testing

@testable import Operations

/// `docket tenant erase`, against a database.
@Suite("docket tenant erase")
struct TenantEraseCommandTests {
    @Test("Only a tenant that rests is erased, and only where the slug is given twice; its slug is free afterwards")
    func command() async throws {
        try await TestDatabase.with { database in
            let url = try TestServer.url(database: database.name)
            func run(_ arguments: String...) async -> Int32 { await CommandLineEntry.run(["tenant"] + arguments + ["--database-url", url]) }
            #expect(await run("create", "acme") == 0)
            #expect(await run("create", "stays") == 0)
            #expect(await run("erase", "acme") == 2)
            #expect(await run("erase", "acme", "--confirm", "stays") == 2)
            #expect(await run("erase", "acme", "--confirm", "acme") == 1)
            #expect(await run("suspend", "acme") == 0)
            #expect(await run("erase", "acme", "--confirm", "acme") == 1)
            #expect(try await database.sql("SELECT count(*) FROM docket.tenant") == [["2"]])
            try await database.sql("UPDATE docket.tenant SET suspended_at = suspended_at - interval '1 minute' WHERE slug = 'acme'")
            #expect(await run("erase", "acme", "--confirm", "acme") == 0)
            #expect(try await database.sql("SELECT slug FROM docket.tenant") == [["stays"]])
            #expect(try await database.sql("SELECT count(*) FROM docket.tenant_configuration") == [["1"]])
            #expect(await run("erase", "acme", "--confirm", "acme") == 1)
            #expect(await run("create", "acme") == 0)
        }
    }
}
