import Deployment
import Foundation
import Postgres
import Synchronization
import TestSupport
import Testing

@testable import Operations

/// What `docket dev` makes and says before it serves.
@Suite("docket dev")
struct DevelopmentTests {
    @Test("It serves from a URL that keeps more connections than an engine may have")
    func manyConnections() async throws {
        try await DevelopmentSystem.with(options: "?pool_min=6") { ready, _ in #expect(ready.ready) }
    }

    @Test("The keys of all earlier starts end, however many there were, and no others")
    func keys() async throws {
        try await TestDatabase.with { database in
            let prepared = try await Self.prepare(database, hasTestClock: false)
            let tenants = DevelopmentTenants(database: prepared, seedsDemo: true, logger: TestServer.logger)
            let first = try await tenants.prepare()
            #expect(first.count == 3)
            // More than a page of the list, and more than a tenant may have.
            try await database.sql(
                """
                INSERT INTO docket.api_key (hash, id, tenant_id, name, prefix, last_four, scopes, created_at, revoked_at)
                SELECT sha256((t.slug || n)::bytea), gen_random_uuid(), t.id, CASE WHEN n > 1200 THEN 'own' ELSE 'docket dev' END, 'dkt_live_', 'abcd',
                    ARRAY['tickets:read'], timestamptz '2025-12-01Z', CASE WHEN n <= 100 THEN timestamptz '2026-01-01Z' END
                FROM docket.tenant t, generate_series(1, 1205) AS n
                """
            )
            let second = try await tenants.prepare()
            // Made within a millisecond, their ids have no order.
            #expect(second.map(\.slug).sorted() == first.map(\.slug).sorted())
            #expect(Set(second.map(\.key)).isDisjoint(with: first.map(\.key)))
            let live = "SELECT name, count(*) FROM docket.api_key WHERE revoked_at IS NULL GROUP BY tenant_id, name ORDER BY name"
            #expect(try await database.sql(live) == Array(repeating: ["docket dev", "1"], count: 3) + Array(repeating: ["own", "5"], count: 3))
            // What had ended keeps its time.
            let former = "SELECT count(*) FROM docket.api_key WHERE revoked_at = '2026-01-01Z'"
            #expect(try await database.sql(former) == [["300"]])
        }
    }

    @Test(
        "Those of the demo's tenants that are missing are made where there are no others",
        arguments: [
            (["aurora"], true, ["aurora", "changcheng", "harbor"]), (["changcheng", "harbor"], true, ["aurora", "changcheng", "harbor"]),
            (["aurora"], false, ["aurora"]), (["aurora", "own"], true, ["aurora", "own"]), (["own"], true, ["own"]),
        ] as [([String], Bool, [String])]
    )
    func interruptedSeed(known: [String], seedsDemo: Bool, expected: [String]) async throws {
        try await TestDatabase.with { database in
            // What is left of a start that was killed between two tenants, or of other work.
            for slug in known { _ = try await TestTenant.make(in: database, slug: slug) }
            let prepared = try await Self.prepare(database, hasTestClock: false)
            let tenants = DevelopmentTenants(database: prepared, seedsDemo: seedsDemo, logger: TestServer.logger)
            for _ in 1...2 {
                let slugs = try await tenants.prepare().map(\.slug)
                #expect(slugs.sorted() == expected)
            }
        }
    }

    @Test(
        "A demo tenant that was erased on purpose does not come back, nor do all of them",
        arguments: [["harbor"], ["aurora", "changcheng", "harbor"]]
    )
    func erasedOnPurpose(slugs: [String]) async throws {
        try await TestDatabase.with { database in
            let prepared = try await Self.prepare(database, hasTestClock: false)
            let tenants = DevelopmentTenants(database: prepared, seedsDemo: true, logger: TestServer.logger)
            #expect(try await tenants.prepare().count == 3)
            let url = try TestServer.url(database: database.name)
            for slug in slugs {
                #expect(await CommandLineEntry.run(["tenant", "suspend", slug, "--database-url", url]) == 0)
                try await database.sql("UPDATE docket.tenant SET suspended_at = suspended_at - interval '1 minute' WHERE slug = '\(slug)'")
                #expect(await CommandLineEntry.run(["tenant", "erase", slug, "--confirm", slug, "--database-url", url]) == 0)
            }
            let left = ["aurora", "changcheng", "harbor"].filter { !slugs.contains($0) }
            for _ in 1...2 { #expect(try await tenants.prepare().map(\.slug).sorted() == left) }
        }
    }

    @Test("A first start with a test clock that ends among the migrations is made good by the next one")
    func interruptedClock() async throws {
        try await TestDatabase.with { database in
            // Its name and its end are all that is taken of it.
            func drop() async throws {
                try await AdministrationSession(configuration: try TestServer.superuser(), logger: TestServer.logger)
                    .run("DROP DATABASE \(database.name) WITH (FORCE)")
            }
            let clock = "SELECT to_regclass('docket.test_clock') IS NOT NULL"
            let directory = try TemporaryDirectory()
            let broken = try Self.brokenMigrations(in: directory)
            try await drop()
            await #expect(throws: MigrationError.self) { try await Self.prepare(database, hasTestClock: true, sql: broken) }
            #expect(try await database.sql("SELECT count(*) > 20 FROM docket_meta.schema_migration") == [["t"]])
            #expect(try await database.sql(clock) == [["f"]])
            for _ in 1...2 {
                try await Self.prepare(database, hasTestClock: true)
                #expect(try await database.sql(clock) == [["t"]])
            }
            // What was begun without it stays without it, also while it is empty.
            try await drop()
            await #expect(throws: MigrationError.self) { try await Self.prepare(database, hasTestClock: false, sql: broken) }
            for _ in 1...2 {
                await #expect(throws: SchemaError.noTestClock) { try await Self.prepare(database, hasTestClock: true) }
            }
            try await Self.prepare(database, hasTestClock: false)
            #expect(try await database.sql(clock) == [["f"]])
        }
    }

    /// The migrations but the last one, and one that fails in its place.
    private static func brokenMigrations(in directory: TemporaryDirectory) throws -> SQLDirectory {
        let path = directory.path + "/sql"
        try FileManager.default.copyItem(atPath: try SQLDirectory().path, toPath: path)
        let last = try #require(try FileManager.default.contentsOfDirectory(atPath: path + "/migrations").max())
        try FileManager.default.removeItem(atPath: path + "/migrations/" + last)
        _ = try directory.write("sql/migrations/9999_broken.sql", "SELECT 1 / 0;")
        return try SQLDirectory(given: path)
    }

    @discardableResult
    private static func prepare(_ database: TestDatabase, hasTestClock: Bool, sql: SQLDirectory? = nil) async throws -> DevelopmentDatabase {
        var superuser = try TestServer.superuser(database: database.name)
        // The machine of a test may be busy with other tests: waiting is no failure here.
        superuser.pool.waitTimeout = .seconds(20)
        return try await DevelopmentDatabase.prepare(
            superuser: superuser,
            hasTestClock: hasTestClock,
            sql: try sql ?? SQLDirectory(),
            logger: TestServer.logger
        )
    }

    @Test(
        "The line says where the API and the admin port listen",
        arguments: [
            ("127.0.0.1", "http://127.0.0.1:1"), ("192.0.2.7", "http://192.0.2.7:1"), ("0.0.0.0", "http://127.0.0.1:1"), ("::", "http://[::1]:1"),
            ("::1", "http://[::1]:1"), ("desk.example", "http://desk.example:1"),
        ]
    )
    func addresses(_ row: (host: String, url: String)) async throws {
        struct Line: Decodable {
            let api: String
            let admin: String
        }
        let lines = Mutex<[String]>([])
        for (api, admin) in [(row.host, "127.0.0.1"), ("127.0.0.1", row.host)] {
            let announcement = ReadyAnnouncement(apiHost: api, adminHost: admin, databaseURL: "postgres://", tenants: []) { line in
                lines.withLock { $0.append(line) }
            }
            await announcement.adminListens(on: 1)
            await announcement.apiListens(on: 1)
        }
        let read = try lines.withLock { try $0.map { try JSONDecoder().decode(Line.self, from: Data($0.utf8)) } }
        #expect(read.map(\.api) == [row.url, "http://127.0.0.1:1"] && read.map(\.admin) == ["http://127.0.0.1:1", row.url])
    }
}
