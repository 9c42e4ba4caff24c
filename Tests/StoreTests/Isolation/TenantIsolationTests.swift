import Domain
import Postgres
import TestSupport
import Testing

/// I3: what each login role can do to each tenant table, in its own tenant and in others. Tables and roles are enumerated from the catalogue.
@Suite struct TenantIsolationTests {
    private static let roles = ["docket_api", "docket_dispatcher", "docket_scheduler", "docket_courier"]

    @Test("I3: no role reads, locks, changes, deletes or writes a row of another tenant, in any table, whatever its context is", arguments: roles)
    func otherTenantsRowsDoNotExist(role: String) async throws {
        try await ProbedTenants.with { database, tenants in
            try await RowProbe.prepare(tenants, on: database)
            for context in RowProbeContext.allCases {
                let probes = try await RowProbe.run(as: role, in: context, of: tenants, on: database)
                #expect(Set(probes.map(\.table)).count >= 50)
                for probe in probes where !probe.expected(in: context).contains(probe.result) {
                    Issue.record("\(role), \(context): \(probe.result) of \(probe.own), \(probe.kind): \(probe.statement)")
                }
            }
        }
    }

    @Test("I7: without the tenant's policy each of these probes would fail, in each table", arguments: roles)
    func eachPolicyIsNeeded(role: String) async throws {
        try await ProbedTenants.with { database, tenants in
            try await RowProbe.prepare(tenants, on: database)
            try await database.sql(
                """
                DO $$ DECLARE t regclass; BEGIN
                    FOR t IN SELECT polrelid FROM pg_policy WHERE polname = 'tenant' LOOP EXECUTE format('DROP POLICY tenant ON %s', t); END LOOP;
                END $$
                """
            )
            let probes = try await RowProbe.run(as: role, in: .own, of: tenants, on: database).filter(\.isGranted)
            #expect(probes.count > 50)
            for probe in probes where !["insert own", "unguarded"].contains(probe.kind) && probe.expected(in: .own).contains(probe.result) {
                Issue.record("\(role) would not be noticed: \(probe.statement)")
            }
        }
    }

    @Test("I3: what is copied out is the tenant's own, and nothing can be copied in", arguments: roles)
    func copies(role: String) async throws {
        try await ProbedTenants.with { database, tenants in
            let tables = try await database.sql(
                """
                SELECT c.relname, string_agg(quote_ident(a.attname), ', ') FILTER (WHERE has_column_privilege('\(role)', c.oid, a.attnum, 'SELECT')),
                    has_any_column_privilege('\(role)', c.oid, 'INSERT'), c.relkind
                FROM pg_class c
                -- COPY leaves out what is generated.
                JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
                WHERE c.relnamespace = 'docket'::regnamespace AND c.relkind IN ('r', 'p') AND c.relname NOT IN ('tenant', 'courier')
                GROUP BY c.oid, c.relname, c.relkind
                """
            )
            let session = try CopySession(role: role, on: database)
            for context in RowProbeContext.allCases {
                let begin = context.value(tenants).map { "BEGIN; SET LOCAL app.tenant_id = '\($0)';" } ?? "BEGIN;"
                for table in tables {
                    // What partitioned tables hold is copied by a query.
                    let columns = table[1].isEmpty ? "tenant_id" : table[1]
                    let source = table[3] == "p" ? "(SELECT \(columns) FROM docket.\(table[0]))" : "docket.\(table[0]) (\(columns))"
                    let answer = session.run("\(begin) COPY \(source) TO STDOUT")
                    _ = session.run("ROLLBACK")
                    switch answer {
                    case .lines(let lines):
                        #expect(!table[1].isEmpty && context != .garbage, "\(role) copies \(table[0])")
                        #expect(context == .own ? !lines.isEmpty : lines.isEmpty, "\(role), \(context): \(table[0])")
                        #expect(!lines.joined().contains(tenants.other.description), "\(role), \(context): \(table[0])")
                    case .refused(let state):
                        let isRight = state == "42501" && table[1].isEmpty || state == "22P02" && context == .garbage
                        #expect(isRight, "\(role), \(context): \(state) \(table[0])")
                    }
                    let refusal = session.run("\(begin) COPY docket.\(table[0]) FROM STDIN")
                    _ = session.run("ROLLBACK")
                    #expect(refusal == .refused(table[2] == "t" ? "0A000" : "42501"), "\(role), \(context): \(table[0])")
                }
            }
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

    @Test("I3: no role makes anything, becomes another or loosens what binds it", arguments: roles)
    func nothingIsLoosened(role: String) async throws {
        try await TestDatabase.with { database in
            let session = try AdministrationSession(configuration: try database.configuration(role: role), logger: TestServer.logger)
            for statement in [
                "CREATE TABLE docket.mine (id int)", "CREATE TABLE public.mine (id int)", "CREATE TABLE docket_meta.mine (id int)",
                "CREATE SCHEMA mine",
                "CREATE FUNCTION docket.mine() RETURNS int LANGUAGE sql AS 'SELECT 1'", "CREATE POLICY mine ON docket.ticket USING (true)",
                "DROP POLICY tenant ON docket.ticket", "SET ROLE docket_owner", "SET ROLE docket_migrate", "SET ROLE docket_claim",
                "SET ROLE docket_backup", "SET SESSION AUTHORIZATION docket_owner", "ALTER ROLE \(role) BYPASSRLS", "GRANT docket_owner TO \(role)",
                "SELECT * FROM docket.tenant", "UPDATE docket_meta.schema_migration SET version = version", "COPY docket.ticket TO PROGRAM 'true'",
                "SELECT docket.erase_rows('docket.ticket', '00000000-0000-7000-8000-00000000dead', 1)", "SELECT docket.fix_tenants()",
                "SELECT docket.protect_tenant_table('docket.tenant')", "SELECT docket.open_to_discovery('docket.ticket', '\(role)', 'subject')",
            ] {
                do {
                    try await session.run(statement)
                    Issue.record("\(role): \(statement)")
                } catch let error as PostgresError {
                    #expect(error.sqlState == "42501", "\(statement): \(error)")
                }
            }
        }
    }
}
