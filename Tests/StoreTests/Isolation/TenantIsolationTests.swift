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
            _ = try await tenant.addAgent()
            let tables = try await database.sql(
                """
                SELECT c.relname, has_table_privilege('\(role)', c.oid, 'SELECT'), has_any_column_privilege('\(role)', c.oid, 'UPDATE'),
                    has_table_privilege('\(role)', c.oid, 'DELETE')
                FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'tenant_id'
                WHERE c.relnamespace = 'docket'::regnamespace AND c.relkind IN ('r', 'p') AND c.relname <> 'api_key' ORDER BY 1
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
