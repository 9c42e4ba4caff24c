import TestSupport
import Testing

/// The catalogue of a migrated database, held against security.md 1 and scale.md 1: by enumeration, so that a new table is tested the day it comes.
@Suite struct CatalogueTests {
    /// Tables without a tenant, each with its reason.
    private static let globalTables = [
        "tenant": "the companies themselves", "courier": "which couriers live: each serves all tenants",
    ]

    /// Tables of tenants whose keys need no tenant, each with its reason.
    private static let lookUps = [
        "api_key": "looked up by a hash, for all tenants: it says which tenant it is"
    ]

    private func expectNone(_ question: String, _ comment: Comment) async throws {
        try await TestDatabase.with { database in
            let rows = try await database.sql(question).map { $0.joined(separator: " ") }
            #expect(rows.isEmpty, comment)
        }
    }

    private static let tenantTables = """
        WITH tenant_table AS (
            SELECT c.oid, c.relname, c.relrowsecurity, c.relforcerowsecurity, c.relowner, c.relispartition, a.attnum, a.attnotnull, a.atthasdef
            FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'tenant_id' AND NOT a.attisdropped
            WHERE c.relnamespace = 'docket'::regnamespace AND c.relkind IN ('r', 'p') AND c.relname <> 'tenant'
        )
        """

    @Test("I1: every table has a tenant, or is a listed global one")
    func everyTableIsKnown() async throws {
        try await TestDatabase.with { database in
            let rows = try await database.sql(
                """
                SELECT c.relname FROM pg_class c WHERE c.relnamespace = 'docket'::regnamespace AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
                    AND NOT EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'tenant_id' AND NOT a.attisdropped)
                """
            )
            #expect(Set(rows.compactMap(\.first)).isSubset(of: Self.globalTables.keys))
            let count = try await database.sql("\(Self.tenantTables) SELECT count(*) FROM tenant_table WHERE NOT relispartition")
            #expect((Int(count[0][0]) ?? 0) >= 30)
        }
    }

    @Test("I1: tenant_id is not null, has no default, leads the primary key and stands in every unique index")
    func keysLeadWithTenant() async throws {
        try await expectNone(
            """
            \(Self.tenantTables)
            SELECT relname, 'nullable or with a default' FROM tenant_table WHERE NOT attnotnull OR atthasdef
            UNION ALL SELECT t.relname, 'primary key' FROM tenant_table t
                WHERE t.relname <> ALL ('{\(Self.lookUps.keys.joined(separator: ","))}') AND NOT EXISTS (SELECT FROM pg_index i WHERE i.indrelid = t.oid AND i.indisprimary AND i.indkey[0] = t.attnum)
            UNION ALL SELECT i.indexrelid::regclass::text, 'unique index' FROM tenant_table t JOIN pg_index i ON i.indrelid = t.oid
                WHERE i.indisunique AND i.indkey[0] <> t.attnum AND t.relname <> ALL ('{\(Self.lookUps.keys.joined(separator: ","))}')
            """,
            "keys that could tell or cross tenants"
        )
    }

    @Test("I1: foreign keys between tenant tables pair tenant with tenant, and none sets null or default")
    func foreignKeysPairTenants() async throws {
        try await expectNone(
            """
            \(Self.tenantTables)
            SELECT k.conname FROM pg_constraint k JOIN tenant_table a ON a.oid = k.conrelid JOIN tenant_table b ON b.oid = k.confrelid
            WHERE k.contype = 'f' AND NOT (k.conkey[1] = a.attnum AND k.confkey[1] = b.attnum)
            UNION ALL SELECT k.conname FROM pg_constraint k JOIN tenant_table a ON a.oid = k.conrelid
            WHERE k.contype = 'f' AND (k.confdeltype IN ('n', 'd') OR k.confupdtype IN ('n', 'd'))
            UNION ALL SELECT k.conname FROM pg_constraint k JOIN tenant_table b ON b.oid = k.confrelid
            WHERE k.contype = 'f' AND k.conrelid NOT IN (SELECT oid FROM tenant_table)
            """,
            "foreign keys across tenants"
        )
    }

    @Test("I1: row level security is on everywhere, never forced, with exactly the generated policies and one owner")
    func policiesAreTheTemplate() async throws {
        try await expectNone(
            """
            \(Self.tenantTables), wanted (polname, polpermissive, polcmd, text) AS (VALUES
                ('base', true, '*', 'true'),
                ('tenant', false, '*', '(tenant_id = (NULLIF(current_setting(''app.tenant_id''::text, true), ''''::text))::uuid)'))
            SELECT relname, 'security' FROM tenant_table WHERE NOT relrowsecurity OR relforcerowsecurity
            UNION ALL SELECT relname, 'owner' FROM tenant_table WHERE relowner <> 'docket_owner'::regrole
            UNION ALL SELECT t.relname, w.polname FROM tenant_table t CROSS JOIN wanted w
                WHERE NOT EXISTS (SELECT FROM pg_policy p WHERE p.polrelid = t.oid AND p.polname = w.polname AND p.polpermissive = w.polpermissive
                    AND p.polcmd::text = w.polcmd AND pg_get_expr(p.polqual, t.oid) = w.text AND pg_get_expr(p.polwithcheck, t.oid) = w.text
                    AND (SELECT array_agg(r::regrole::text ORDER BY r::regrole::text) FROM unnest(p.polroles) r)
                        = ARRAY['docket_api', 'docket_courier', 'docket_dispatcher', 'docket_scheduler'])
            UNION ALL SELECT t.relname, p.polname FROM tenant_table t JOIN pg_policy p ON p.polrelid = t.oid
                WHERE p.polname NOT IN ('base', 'tenant')
                AND NOT (p.polname = 'discovery_docket_claim' AND p.polcmd = 'r' AND p.polroles = ARRAY['docket_claim'::regrole::oid])
            """,
            "policies that are not the template's"
        )
    }

    @Test("I1: months of history that are made later are owned, protected and granted as the table is that they belong to")
    func laterMonths() async throws {
        try await TestDatabase.with { database in
            let made = try await database.sql(
                """
                SELECT m.made, m.failed FROM unnest(ARRAY['ticket_event', 'delivery_attempt']) parent,
                    docket.ensure_partitions(parent, (docket.now() AT TIME ZONE 'UTC')::date, 24) m
                """
            )
            #expect(made.allSatisfy { (Int($0[0]) ?? 0) >= 20 && $0[1] == "0" }, "\(made)")
            let different = try await database.sql(
                """
                WITH pair AS (
                    SELECT i.inhrelid AS child, i.inhparent AS parent FROM pg_inherits i JOIN pg_class p ON p.oid = i.inhparent
                    WHERE p.relnamespace = 'docket'::regnamespace AND p.relkind = 'p'
                ), policy AS (
                    SELECT polrelid, polname, polpermissive, polcmd, pg_get_expr(polqual, polrelid) AS shown, pg_get_expr(polwithcheck, polrelid) AS written,
                        (SELECT array_agg(r ORDER BY r) FROM unnest(polroles) r) AS roles
                    FROM pg_policy
                )
                SELECT c.relname, 'owner or row security' FROM pair JOIN pg_class c ON c.oid = child JOIN pg_class p ON p.oid = parent
                    WHERE (c.relowner, c.relrowsecurity, c.relforcerowsecurity) IS DISTINCT FROM (p.relowner, p.relrowsecurity, p.relforcerowsecurity)
                        OR NOT c.relrowsecurity
                UNION ALL SELECT child::regclass::text, 'policy ' || p.polname FROM pair JOIN policy p ON p.polrelid = parent
                    WHERE p.polname IN ('base', 'tenant') AND NOT EXISTS (SELECT FROM policy c WHERE c.polrelid = child
                        AND (c.polname, c.polpermissive, c.polcmd, c.shown, c.written, c.roles) = (p.polname, p.polpermissive, p.polcmd, p.shown, p.written, p.roles))
                UNION ALL SELECT child::regclass::text, 'policy of its own ' || c.polname FROM pair JOIN policy c ON c.polrelid = child
                    WHERE NOT EXISTS (SELECT FROM policy p WHERE p.polrelid = parent AND p.polname = c.polname)
                UNION ALL SELECT child::regclass::text, role.rolname || ' ' || privilege FROM pair, pg_roles role,
                    unnest(ARRAY['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE', 'REFERENCES', 'TRIGGER']) privilege
                    WHERE role.rolname LIKE 'docket%' AND has_table_privilege(role.oid, child, privilege) AND NOT has_table_privilege(role.oid, parent, privilege)
                UNION ALL SELECT child::regclass::text, 'granted to all' FROM pair JOIN pg_class c ON c.oid = child, aclexplode(c.relacl) a WHERE a.grantee = 0
                UNION ALL SELECT child::regclass::text, 'as other months are not' FROM pair JOIN pg_class c ON c.oid = child
                    WHERE c.relacl IS DISTINCT FROM (SELECT o.relacl FROM pair other JOIN pg_class o ON o.oid = other.child
                        WHERE other.parent = pair.parent AND o.relname LIKE '%default')
                """
            ).map { $0.joined(separator: " ") }
            #expect(different == [])
        }
    }

    @Test("I2: no role of a process is a superuser, escapes the policies, owns anything or belongs to another role")
    func rolesAreBound() async throws {
        try await expectNone(
            """
            SELECT r.rolname, 'power' FROM pg_roles r WHERE r.rolname IN ('docket_api', 'docket_dispatcher', 'docket_scheduler', 'docket_courier')
                AND (r.rolsuper OR r.rolbypassrls OR r.rolcreaterole OR r.rolcreatedb OR r.rolreplication OR r.rolinherit)
            UNION ALL SELECT m.member::regrole::text, 'member' FROM pg_auth_members m
                WHERE m.member::regrole::text IN ('docket_api', 'docket_dispatcher', 'docket_scheduler', 'docket_courier')
            UNION ALL SELECT c.relname, 'owner' FROM pg_class c
                WHERE c.relowner::regrole::text IN ('docket_api', 'docket_dispatcher', 'docket_scheduler', 'docket_courier')
            UNION ALL SELECT r.rolname, 'login' FROM pg_roles r
                WHERE r.rolname IN ('docket_owner', 'docket_claim', 'docket_search', 'docket_metrics') AND (r.rolcanlogin OR r.rolsuper OR r.rolbypassrls)
            """,
            "roles with more than they need"
        )
    }

    @Test("I2: nobody is granted more than reading and writing rows, and PUBLIC nothing at all")
    func grantsAreNarrow() async throws {
        try await expectNone(
            """
            SELECT c.relname, a.grantee::regrole::text, a.privilege_type FROM pg_class c, aclexplode(c.relacl) a
            WHERE c.relnamespace = 'docket'::regnamespace AND a.grantee <> c.relowner
                AND (a.grantee = 0 OR a.privilege_type IN ('TRUNCATE', 'REFERENCES', 'TRIGGER') OR a.is_grantable)
            UNION ALL SELECT 'schema ' || n.nspname, a.grantee::text, a.privilege_type FROM pg_namespace n, aclexplode(n.nspacl) a
                WHERE n.nspname IN ('docket', 'docket_meta', 'public') AND a.grantee = 0
            UNION ALL SELECT 'schema docket', a.grantee::regrole::text, a.privilege_type FROM pg_namespace n, aclexplode(n.nspacl) a
                WHERE n.nspname = 'docket' AND a.privilege_type = 'CREATE' AND a.grantee <> n.nspowner
            UNION ALL SELECT p.proname, 'PUBLIC', a.privilege_type FROM pg_proc p, aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a
                WHERE p.pronamespace = 'docket'::regnamespace AND a.grantee = 0
            UNION ALL SELECT c.relname, a.attname, 'UPDATE of tenant_id' FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'tenant_id',
                unnest(ARRAY['docket_api', 'docket_dispatcher', 'docket_scheduler', 'docket_courier']) role
                WHERE c.relnamespace = 'docket'::regnamespace AND c.relkind IN ('r', 'p') AND has_column_privilege(role, c.oid, a.attnum, 'UPDATE')
            UNION ALL SELECT c.relname, role, 'history can be changed' FROM pg_class c,
                unnest(ARRAY['docket_api', 'docket_dispatcher', 'docket_scheduler', 'docket_courier']) role
                WHERE c.relname IN ('ticket_event', 'sla_firing') AND has_table_privilege(role, c.oid, 'UPDATE, DELETE')
            """,
            "grants that are too wide"
        )
    }

    @Test("I2: no function depends on the caller's search path, and nothing is looked at through a view")
    func searchPathsAreFixed() async throws {
        try await TestDatabase.with { database in
            let loose = try await database.sql(
                """
                SELECT proname FROM pg_proc WHERE pronamespace = 'docket'::regnamespace
                    -- Names in a body that was parsed when it was defined are resolved already.
                    AND prosqlbody IS NULL
                    AND NOT EXISTS (SELECT FROM unnest(proconfig) c WHERE c LIKE 'search_path=pg_catalog, docket%')
                """
            )
            #expect(loose.isEmpty)
            let views = try await database.sql(
                "SELECT relname FROM pg_class WHERE relnamespace = 'docket'::regnamespace AND relkind IN ('v', 'm')"
            )
            #expect(views.isEmpty)
        }
    }
}
