import TestSupport
import Testing

@testable import Operations

/// `docket tenant lifecycle`, against a database.
@Suite("docket tenant lifecycle")
struct TenantLifecycleCommandTests {
    @Test("A new tenant has times, and either is set or taken back alone; 2 for bad usage, 1 where there is no tenant")
    func command() async throws {
        try await TestDatabase.with { database in
            let url = try TestServer.url(database: database.name)
            func run(_ arguments: String...) async -> Int32 { await CommandLineEntry.run(["tenant"] + arguments + ["--database-url", url]) }
            func stored() async throws -> [[String]] {
                try await database.sql(
                    "SELECT coalesce(close_resolved_after_days::text, '-'), coalesce(archive_closed_after_days::text, '-') FROM docket.tenant_configuration"
                )
            }
            #expect(await run("create", "acme") == 0)
            #expect(try await stored() == [["7", "120"]])
            #expect(await run("lifecycle", "acme") == 0)
            #expect(await run("lifecycle", "acme", "--close-resolved-after-days", "3") == 0)
            #expect(try await stored() == [["3", "120"]])
            #expect(await run("lifecycle", "acme", "--archive-closed-after-days", "never") == 0)
            #expect(try await stored() == [["3", "-"]])
            for bad in ["0", "3651", "-1", "x", ""] { #expect(await run("lifecycle", "acme", "--close-resolved-after-days", bad) == 2) }
            #expect(await run("lifecycle", "acme", "--warn-before-closing-days", "2") == 0)
            #expect(await run("lifecycle", "acme", "--close-resolved-after-days", "2") == 2)
            #expect(try await database.sql("SELECT warn_before_closing_days FROM docket.tenant_configuration") == [["2"]])
            #expect(await run("lifecycle", "acme", "--warn-before-closing-days", "never") == 0)
            #expect(await run("lifecycle", "acme", "--waiting-load-percent", "25") == 0)
            #expect(await run("lifecycle", "acme", "--waiting-load-percent", "101") == 2)
            #expect(try await database.sql("SELECT waiting_load_percent FROM docket.tenant_configuration") == [["25"]])
            #expect(await run("lifecycle", "nobody") == 1)
            #expect(try await stored() == [["3", "-"]])
        }
    }
}
