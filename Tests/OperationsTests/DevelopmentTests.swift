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
    @Test("The keys of all earlier starts end, however many there were, and no others")
    func keys() async throws {
        try await TestDatabase.with { database in
            var superuser = try TestServer.superuser(database: database.name)
            // The machine of a test may be busy with other tests: waiting is no failure here.
            superuser.pool.waitTimeout = .seconds(20)
            let prepared = try await DevelopmentDatabase.prepare(
                superuser: superuser,
                hasTestClock: false,
                sql: try SQLDirectory(),
                logger: TestServer.logger
            )
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
