import Domain
import Postgres
import TestSupport
import Testing

/// I3: what each login role can do to each tenant table, in its own tenant and in others. Tables and roles are enumerated from the catalogue.
@Suite struct TenantIsolationTests {
    private static let roles = ["docket_api", "docket_dispatcher", "docket_scheduler", "docket_courier"]
    /// What the tenant is set to: another tenant, nothing, the empty text.
    private static let contexts = ["00000000-0000-7000-8000-00000000dead", "", nil]

    @Test("I3: no role sees, changes or deletes a row of another tenant, whatever the context is", arguments: roles)
    func otherTenantsRowsDoNotExist(role: String) async throws {
        try await TestDatabase.with { database in
            let tenant = try await TestTenant.make(in: database)
            let key = try await Self.addKey(to: tenant, in: database)
            let tables = try await database.sql(
                """
                SELECT c.relname, has_any_column_privilege('\(role)', c.oid, 'SELECT'), has_any_column_privilege('\(role)', c.oid, 'UPDATE'),
                    has_table_privilege('\(role)', c.oid, 'DELETE')
                FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'tenant_id'
                WHERE c.relnamespace = 'docket'::regnamespace AND c.relkind IN ('r', 'p') ORDER BY 1
                """
            )
            #expect(tables.count >= 30)
            let session = try AdministrationSession(configuration: try database.configuration(role: role), logger: TestServer.logger)
            for table in tables {
                for context in Self.contexts {
                    let begin = context.map { "BEGIN; SET LOCAL app.tenant_id = '\($0)';" } ?? "BEGIN;"
                    if table[1] == "t" {
                        let seen = try await session.run("\(begin) SELECT count(*) FROM docket.\(table[0])")
                        #expect(seen == [["0"]], "\(role) reads \(table[0])")
                    } else {
                        await #expect(throws: PostgresError.self, "\(role) must not read \(table[0])") {
                            try await session.run("\(begin) SELECT count(*) FROM docket.\(table[0])")
                        }
                    }
                    if table[3] == "t" {
                        let gone = try await session.run(
                            "\(begin) WITH gone AS (DELETE FROM docket.\(table[0]) RETURNING 1) SELECT count(*) FROM gone"
                        )
                        #expect(gone == [["0"]], "\(role) deletes from \(table[0])")
                    }
                }
            }
            // The tenant's rows are all still there.
            #expect(try await database.sql("SELECT count(*) FROM docket.agent") == [["1"]])
            #expect(try await database.sql("SELECT id FROM docket.api_key") == [[key]])
        }
    }

    private static func addKey(to tenant: TestTenant, in database: TestDatabase) async throws -> String {
        let agent = try await tenant.addAgent()
        let rows = try await database.sql(
            """
            INSERT INTO docket.api_key (hash, id, tenant_id, name, prefix, last_four, scopes, agent_id, created_at)
            VALUES (sha256('\(agent)'), gen_random_uuid(), '\(tenant.id)', 'x', 'dkt_live_', 'abcd', '{tickets:read}', '\(agent)', docket.now()) RETURNING id
            """
        )
        return try #require(rows.first?.first)
    }

    @Test("I3: keys are their tenant's; nobody reads a hash, or changes anything of a key but that it is revoked", arguments: roles)
    func keys(role: String) async throws {
        try await TestDatabase.with { database in
            let (mine, other) = (try await TestTenant.make(in: database), try await TestTenant.make(in: database))
            let key = try await Self.addKey(to: mine, in: database)
            _ = try await Self.addKey(to: other, in: database)
            let session = try AdministrationSession(configuration: try database.configuration(role: role), logger: TestServer.logger)
            let begin = "BEGIN; SET LOCAL app.tenant_id = '\(mine.id)';"
            if role == "docket_api" {
                #expect(try await session.run("\(begin) SELECT id FROM docket.api_key") == [[key]])
                let ended = "WITH ended AS (UPDATE docket.api_key SET revoked_at = docket.now() RETURNING id) SELECT id FROM ended"
                #expect(try await session.run("\(begin) \(ended)") == [[key]])
            }
            let row = "sha256('x'), gen_random_uuid(), '\(other.id)', 'x', 'dkt_live_', 'abcd', '{tickets:read}', docket.now()"
            for statement in [
                "SELECT hash FROM docket.api_key", "DELETE FROM docket.api_key", "UPDATE docket.api_key SET scopes = '{tickets:write}'",
                "UPDATE docket.api_key SET expires_at = NULL", "UPDATE docket.api_key SET tenant_id = '\(other.id)'",
                "INSERT INTO docket.api_key (hash, id, tenant_id, name, prefix, last_four, scopes, created_at) VALUES (\(row))",
            ] {
                do {
                    try await session.run("\(begin) \(statement)")
                    Issue.record("\(role): \(statement)")
                } catch let error as PostgresError {
                    #expect(error.sqlState == "42501", "\(statement)")
                }
            }
        }
    }

    @Test("I3: a row for another tenant cannot be written, and a context that is no id is refused", arguments: roles)
    func foreignRowsCannotBeWritten(role: String) async throws {
        try await TestDatabase.with { database in
            let mine = try await TestTenant.make(in: database)
            let other = try await TestTenant.make(in: database)
            let session = try AdministrationSession(configuration: try database.configuration(role: role), logger: TestServer.logger)
            for context in [mine.id.description, "", nil] {
                let begin = context.map { "BEGIN; SET LOCAL app.tenant_id = '\($0)';" } ?? "BEGIN;"
                do {
                    try await session.run(
                        "\(begin) INSERT INTO docket.routing_signal (tenant_id, queue_id, id) VALUES ('\(other.id)', '\(other.queue)', '\(other.id)')"
                    )
                    Issue.record("\(role) wrote a row of another tenant")
                } catch let error as PostgresError {
                    #expect(error.sqlState == "42501")
                }
            }
            await #expect(throws: PostgresError.self) {
                try await session.run("BEGIN; SET LOCAL app.tenant_id = 'garbage'; SELECT count(*) FROM docket.ticket")
            }
            await #expect(throws: PostgresError.self) { try await session.run("TRUNCATE docket.ticket") }
            await #expect(throws: PostgresError.self) { try await session.run("CREATE TABLE docket.mine (id int)") }
            await #expect(throws: PostgresError.self) { try await session.run("SET ROLE docket_owner") }
        }
    }

    @Test("I3: in its own tenant a role reads its rows", arguments: roles)
    func ownRowsAreThere(role: String) async throws {
        try await TestDatabase.with { database in
            let tenant = try await TestTenant.make(in: database)
            _ = try await tenant.addAgent()
            let session = try AdministrationSession(configuration: try database.configuration(role: role), logger: TestServer.logger)
            #expect(try await session.run("BEGIN; SET LOCAL app.tenant_id = '\(tenant.id)'; SELECT count(*) FROM docket.agent") == [["1"]])
        }
    }
}
