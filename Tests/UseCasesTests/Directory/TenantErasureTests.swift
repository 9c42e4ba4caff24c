import Domain
import Store
import TestSupport
import Testing

@testable import UseCases

/// Erasing a tenant, held against the catalogue: a new table is tested the day it comes.
@Suite struct TenantErasureTests {
    private struct Desk: Sendable {
        let database: TestDatabase
        let erasure: TenantErasure

        /// How many rows of a tenant each table has.
        func counts(of tenant: TenantID) async throws -> [String: Int] {
            var counts: [String: Int] = [:]
            for table in try await database.sql(Desk.tables).map({ $0[0] }) {
                counts[table] = Int(try await database.sql("SELECT count(*) FROM docket.\(table) WHERE tenant_id = '\(tenant)'")[0][0])
            }
            return counts
        }

        private static let tables = """
            SELECT c.relname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'tenant_id'
            WHERE c.relnamespace = 'docket'::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition ORDER BY 1
            """

        func suspend(_ tenant: TestTenant) async throws {
            try await database.sql(
                "UPDATE docket.tenant SET active = false, suspended_at = docket.now() - interval '1 hour' WHERE id = '\(tenant.id)'"
            )
        }
    }

    private static func with(_ body: @Sendable (Desk) async throws -> Void) async throws {
        try await TestDatabase.with { database in
            try await database.withClient(role: "docket_migrate") { client in
                try await body(Desk(database: database, erasure: TenantErasure(database: Database(client: client))))
            }
        }
    }

    @Test("Of an erased tenant no table holds a row, and of the others each holds all of theirs")
    func everyTable() async throws {
        try await Self.with { desk in
            let gone = try await TestTenant.make(in: desk.database, slug: "gone")
            let stays = try await TestTenant.make(in: desk.database, slug: "stays")
            try await desk.database.fillTenantTables()
            let before = try await desk.counts(of: stays.id)
            #expect(before.count >= 50)
            #expect(before.filter { $0.value == 0 }.keys.sorted() == [], "each table has rows to keep, and as many to erase")
            try await desk.suspend(gone)
            let erased = try await desk.erasure.erase(slug: "gone")
            #expect(Set(erased.map(\.table)) == Set(before.keys.map { "docket.\($0)" }))
            #expect(try await desk.counts(of: gone.id).filter { $0.value > 0 } == [:])
            #expect(try await desk.counts(of: stays.id) == before)
            #expect(try await desk.database.sql("SELECT slug FROM docket.tenant") == [["stays"]])
        }
    }

    @Test("Rows that name each other go in an order that the references allow")
    func references() async throws {
        try await Self.with { desk in
            let tenant = try await TestTenant.make(in: desk.database, slug: "gone")
            let (head, agent) = (try await tenant.addAgent(), try await tenant.addAgent())
            try await tenant.addPolicy(#"{"name":"All","targets":[{"metric":"resolution","seconds":86400,"mode":"calendar"}]}"#)
            try await desk.database.sql(
                """
                UPDATE docket.agent SET manager_id = '\(head)' WHERE id = '\(agent)';
                UPDATE docket.agent SET manager_id = '\(agent)' WHERE id = '\(head)';
                UPDATE docket.queue SET fallback_queue_id = id;
                """
            )
            try await desk.database.withEnvironment { environment in
                let commands = TicketCommands(environment: environment)
                for _ in 0..<3 {
                    _ = try await commands.create(NewTicket(content: TicketContent(subject: "x"), priority: .p3), in: tenant.id, by: .system)
                }
            }
            try await desk.suspend(tenant)
            let erased = try await desk.erasure.erase(slug: "gone")
            #expect(erased.first { $0.table == "docket.ticket" }?.rows == 3)
            #expect(try await desk.counts(of: tenant.id).filter { $0.value > 0 } == [:])
            await #expect(throws: UseCaseError.self) { try await desk.erasure.erase(slug: "gone") }
        }
    }

    @Test("A tenant that is served, or was a moment ago, is not touched")
    func refused() async throws {
        try await Self.with { desk in
            let tenant = try await TestTenant.make(in: desk.database, slug: "acme")
            let before = try await desk.counts(of: tenant.id)
            await #expect(throws: TenantErasure.Refusal.active) { try await desk.erasure.erase(slug: "acme") }
            await #expect(throws: (any Error).self) {
                try await desk.database.sql("SELECT docket.erase_rows('docket.queue', '\(tenant.id)', 10)")
            }
            try await TenantAdministrationTesting.setActive(false, slug: "acme", in: desk.database)
            do {
                _ = try await desk.erasure.erase(slug: "acme")
                Issue.record("it was erased")
            } catch TenantErasure.Refusal.suspendedTooShortly(let seconds) {
                #expect((1...TenantErasure.rest).contains(seconds))
            }
            #expect(try await desk.counts(of: tenant.id) == before)
            // Suspending again does not begin the minute anew; serving it does.
            try await desk.database.sql("UPDATE docket.tenant SET suspended_at = docket.now() - interval '1 hour'")
            try await TenantAdministrationTesting.setActive(false, slug: "acme", in: desk.database)
            #expect(try await desk.database.sql("SELECT suspended_at < docket.now() - interval '50 min' FROM docket.tenant") == [["t"]])
            try await TenantAdministrationTesting.setActive(true, slug: "acme", in: desk.database)
            #expect(try await desk.database.sql("SELECT suspended_at IS NULL FROM docket.tenant") == [["t"]])
        }
    }

    @Test("Tables come after all that name them")
    func order() {
        func table(_ name: String, _ parents: Set<String> = []) -> TenantTable { TenantTable(name: name, parents: parents) }
        let order = TenantErasure.childrenFirst([table("a"), table("b", ["a"]), table("c", ["b", "a"]), table("d", ["c"]), table("e")]).map(\.name)
        #expect(order == ["d", "e", "c", "b", "a"])
    }
}

private enum TenantAdministrationTesting {
    static func setActive(_ isActive: Bool, slug: String, in database: TestDatabase) async throws {
        try await database.withClient(role: "docket_migrate") { client in
            try await TenantAdministration(database: Database(client: client)).setActive(isActive, slug: slug)
        }
    }
}
