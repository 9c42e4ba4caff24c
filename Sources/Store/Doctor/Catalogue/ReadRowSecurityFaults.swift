import Domain
import Postgres

/// What the questions about tenant tables begin with.
private enum TenantTables {
    static let sql = """
        WITH tenant_table AS (
            SELECT c.oid, c.relname, c.relrowsecurity, c.relforcerowsecurity, pg_get_userbyid(c.relowner)::text AS owner
            FROM pg_class c
            WHERE c.relnamespace = 'docket'::regnamespace AND c.relkind IN ('r', 'p') AND c.relname <> 'tenant'
                AND EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'tenant_id' AND NOT a.attisdropped)
        )
        """
}

struct CountTenantTables: Statement {
    static let sql = "\(TenantTables.sql) SELECT count(*) FROM tenant_table"

    static func decode(_ row: RowView) throws(DecodeError) -> Int {
        try row.decode(Int.self, at: 0)
    }
}

/// Where a table of tenants is not protected as `docket.protect_tenant_table` protects it, and where something looks across tenants beside them.
struct ReadRowSecurityFaults: Statement {
    static let sql = """
        \(TenantTables.sql), wanted (polname, polpermissive, text) AS (VALUES
            ('base', true, 'true'),
            ('tenant', false, '(tenant_id = (NULLIF(current_setting(''app.tenant_id''::text, true), ''''::text))::uuid)')
        ), policy AS (
            SELECT p.*, ARRAY(SELECT pg_get_userbyid(r)::text FROM unnest(p.polroles) r ORDER BY 1) AS roles FROM pg_policy p
        )
        SELECT relname::text, 'row security is off' FROM tenant_table WHERE NOT relrowsecurity
        UNION ALL SELECT relname::text, 'row security is forced: the owner''s maintenance touches no rows' FROM tenant_table WHERE relforcerowsecurity
        UNION ALL SELECT relname::text, 'belongs to ' || owner FROM tenant_table WHERE owner <> 'docket_owner'
        UNION ALL SELECT t.relname::text, 'the policy ' || w.polname || ' is missing or changed' FROM tenant_table t CROSS JOIN wanted w
            WHERE NOT EXISTS (SELECT FROM policy p WHERE p.polrelid = t.oid AND p.polname = w.polname AND p.polpermissive = w.polpermissive
                AND p.polcmd = '*' AND pg_get_expr(p.polqual, t.oid) = w.text AND pg_get_expr(p.polwithcheck, t.oid) = w.text
                AND p.roles = ARRAY['docket_api', 'docket_courier', 'docket_dispatcher', 'docket_scheduler'])
        UNION ALL SELECT t.relname::text, 'a policy that is not the template''s: ' || p.polname FROM tenant_table t JOIN policy p ON p.polrelid = t.oid
            WHERE p.polname NOT IN ('base', 'tenant') AND NOT (p.polname LIKE 'discovery\\_%' AND p.polcmd = 'r'
                AND p.roles <@ ARRAY['docket_claim', 'docket_search', 'docket_metrics'])
        UNION ALL SELECT c.relname::text, 'a table without a tenant' FROM pg_class c
            WHERE c.relnamespace = 'docket'::regnamespace AND c.relkind IN ('r', 'p', 'f') AND c.relname NOT IN ('tenant', 'courier', 'test_clock')
                AND NOT EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'tenant_id' AND NOT a.attisdropped)
        UNION ALL SELECT c.relname::text, 'a view, which may look across tenants' FROM pg_class c
            WHERE c.relnamespace = 'docket'::regnamespace AND c.relkind IN ('v', 'm')
        UNION ALL SELECT c.relname::text, 'granted to PUBLIC' FROM pg_class c, aclexplode(c.relacl) a
            WHERE c.relnamespace = 'docket'::regnamespace AND a.grantee = 0
        ORDER BY 1, 2 LIMIT 1000
        """

    static func decode(_ row: RowView) throws(DecodeError) -> CatalogueFault {
        CatalogueFault(try row.decode(String.self, at: 0), try row.decode(String.self, at: 1))
    }
}
