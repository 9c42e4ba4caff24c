import Deployment
import TestSupport
import Testing

/// I2: every grant, policy and schema of a migrated database is one that was reviewed (``ReviewedGrants``); nothing is granted by the way.
@Suite struct GrantTests {
    /// Compares both ways, so that the text that must change is told.
    private func expect(_ question: String, toBe reviewed: String, in database: TestDatabase) async throws {
        let (found, wanted) = (Set(try await database.sql(question).map { $0[0] }), ReviewedGrants.lines(reviewed))
        #expect(found.subtracting(wanted).sorted() == [], "there, and not reviewed")
        #expect(wanted.subtracting(found).sorted() == [], "reviewed, and not there")
    }

    @Test("Tables and columns")
    func relations() async throws {
        try await TestDatabase.with { try await expect(Self.relations, toBe: ReviewedGrants.relations, in: $0) }
    }

    @Test("Functions, with their arguments")
    func functions() async throws {
        try await TestDatabase.with { try await expect(Self.functions, toBe: ReviewedGrants.functions, in: $0) }
    }

    @Test("Policies, with the texts of USING and WITH CHECK")
    func policies() async throws {
        try await TestDatabase.with { try await expect(Self.policies, toBe: ReviewedGrants.policies, in: $0) }
    }

    @Test("Schemas, and what the owner's new objects would give to others")
    func schemas() async throws {
        try await TestDatabase.with { database in
            try await expect(Self.schemas, toBe: ReviewedGrants.schemas, in: database)
            #expect(try await database.sql("SELECT defaclobjtype, defaclacl FROM pg_default_acl") == [["f", "{docket_owner=X/docket_owner}"]])
            #expect(try await database.sql("SELECT oid::regclass FROM pg_class WHERE relnamespace = 'public'::regnamespace") == [])
        }
    }

    @Test("The database: no temporary tables, no schemas")
    func database() async throws {
        try await TestDatabase.with { database in
            // A clone does not take over what its template grants.
            try await DatabasePreparation(sql: try SQLDirectory(), logger: TestServer.logger)
                .prepareRoles(as: try TestServer.superuser(database: database.name), password: nil)
            try await expect(Self.database, toBe: ReviewedGrants.database, in: database)
        }
    }

    @Test("A grant of a whole table is narrowed to what leaves the tenant alone, and a new column is not forgotten")
    func narrowing() async throws {
        try await TestDatabase.with { database in
            try await database.sql(
                """
                ALTER TABLE docket.queue ADD shade text; CREATE TABLE docket.later (tenant_id uuid, text text);
                GRANT UPDATE ON docket.queue, docket.later TO docket_api; GRANT UPDATE (tenant_id) ON docket.later TO docket_courier;
                SELECT docket.fix_tenants();
                """
            )
            let rights = try await database.sql(
                """
                SELECT r, has_column_privilege(r, 'docket.queue', 'shade', 'UPDATE'), has_column_privilege(r, 'docket.queue', 'tenant_id', 'UPDATE'),
                    has_column_privilege(r, 'docket.later', 'text', 'UPDATE'), has_column_privilege(r, 'docket.later', 'tenant_id', 'UPDATE')
                FROM unnest(ARRAY['docket_api', 'docket_courier']) r
                """
            )
            #expect(rights == [["docket_api", "t", "f", "t", "f"], ["docket_courier", "f", "f", "f", "f"]])
        }
    }

    private static let relations = """
        WITH held AS (
            SELECT c.oid, g.grantee, g.privilege_type AS privilege, a.attname
            FROM pg_class c CROSS JOIN aclexplode(c.relacl) g
            LEFT JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND g.privilege_type IN ('SELECT', 'INSERT', 'UPDATE')
            WHERE g.grantee <> c.relowner
            UNION SELECT c.oid, g.grantee, g.privilege_type, a.attname
            FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped CROSS JOIN aclexplode(a.attacl) g
            WHERE g.grantee <> c.relowner
        ), listed AS (
            SELECT oid, grantee, privilege, array_agg(attname ORDER BY attname) AS held,
                ARRAY(SELECT a.attname FROM pg_attribute a WHERE a.attrelid = oid AND a.attnum > 0 AND NOT a.attisdropped ORDER BY 1) AS every
            FROM held GROUP BY 1, 2, 3
        ), said AS (
            SELECT oid, grantee, privilege, CASE
                WHEN held = ARRAY[NULL::name] OR held = every AND NOT (privilege = 'UPDATE' AND 'tenant_id' = ANY (held)) THEN privilege
                WHEN held = every THEN privilege || '(tenant_id, too)'
                WHEN privilege = 'UPDATE' AND held = array_remove(every, 'tenant_id') THEN privilege
                WHEN 2 * cardinality(held) < cardinality(every) THEN privilege || '(' || array_to_string(held, ' ') || ')'
                ELSE privilege || '(not ' || array_to_string(ARRAY(SELECT x FROM unnest(every) x WHERE x <> ALL (held)), ' ') || ')' END AS text
            FROM listed
        ), role AS (
            SELECT oid, CASE grantee WHEN 0 THEN 'PUBLIC' ELSE replace(grantee::regrole::text, 'docket_', '') END AS name,
                string_agg(text, ' ' ORDER BY array_position(ARRAY['SELECT', 'INSERT', 'UPDATE', 'DELETE'], privilege), privilege) AS privileges
            FROM said GROUP BY 1, 2
        )
        SELECT n.nspname || '.' || c.relname || ': ' || string_agg(r.name || ' ' || r.privileges, ', ' ORDER BY r.name)
        FROM role r JOIN pg_class c ON c.oid = r.oid JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE n.nspname NOT IN ('pg_catalog', 'information_schema') GROUP BY n.nspname, c.relname ORDER BY 1
        """

    private static let functions = """
        SELECT n.nspname || '.' || p.proname || '(' || pg_get_function_identity_arguments(p.oid) || ')'
            || CASE WHEN p.prosecdef THEN ' as ' || replace(p.proowner::regrole::text, 'docket_', '') ELSE '' END
            || coalesce(': ' || (SELECT
                string_agg(CASE g.grantee WHEN 0 THEN 'PUBLIC' ELSE replace(g.grantee::regrole::text, 'docket_', '') END, ' ' ORDER BY g.grantee::regrole::text)
                FROM aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) g WHERE g.grantee <> p.proowner), '')
        FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace WHERE n.nspname NOT IN ('pg_catalog', 'information_schema') ORDER BY 1
        """

    private static let policies = """
        SELECT DISTINCT p.polname || CASE WHEN p.polpermissive THEN ' permissive ' ELSE ' restrictive ' END || p.polcmd::text || ' '
            || (SELECT string_agg(CASE r WHEN 0 THEN 'PUBLIC' ELSE r::regrole::text END, ' ' ORDER BY r::regrole::text) FROM unnest(p.polroles) r) || ': '
            || coalesce(pg_get_expr(p.polqual, p.polrelid), '-') || ', ' || coalesce(pg_get_expr(p.polwithcheck, p.polrelid), '-')
        FROM pg_policy p
        """

    private static let schemas = """
        SELECT n.nspname || ':' || coalesce(' ' || string_agg(
            CASE g.grantee WHEN 0 THEN 'PUBLIC' ELSE g.grantee::regrole::text END || ' ' || g.privilege_type, ', ' ORDER BY g.grantee::regrole::text), '')
        FROM pg_namespace n LEFT JOIN aclexplode(n.nspacl) g ON g.grantee <> n.nspowner
        WHERE n.nspname <> 'information_schema' AND n.nspname NOT LIKE 'pg\\_%' GROUP BY n.oid, n.nspname
        """

    private static let database = """
        SELECT CASE g.grantee WHEN 0 THEN 'PUBLIC' ELSE g.grantee::regrole::text END || ' ' || g.privilege_type
        FROM pg_database d, aclexplode(coalesce(d.datacl, acldefault('d', d.datdba))) g WHERE d.datname = current_database() AND g.grantee <> d.datdba
        """
}
