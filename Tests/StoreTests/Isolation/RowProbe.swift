import Postgres
import TestSupport

/// What a role may try with a row that is another tenant's (security.md 2, I3), made from the catalogue of a database whose tables are filled.
struct RowProbe: Sendable {
    let table: String
    let kind: String
    /// Whether the role has all the grants that the statement needs.
    let isGranted: Bool
    /// How many rows of the table are the tenant's own.
    let own: String
    let statement: String
    /// How many rows it met, or who refused it: the `policy`, a missing `grant`, …
    let result: String

    /// What must come of it.
    func expected(in context: RowProbeContext) -> Set<String> {
        if kind == "unguarded" { return ["affected"] }
        // Without the grants the tenant may be looked at first, or not at all.
        if !isGranted { return context == .garbage ? ["grant", "malformed"] : ["grant"] }
        switch (context, kind) {
        case (.garbage, _): return ["malformed"]
        case (_, "insert"), (_, "upsert"), (_, "merge insert"): return ["policy"]
        case (.own, "move"): return ["policy"]
        // A table whose key is the tenant has room for one row.
        case (.own, "insert own"): return [own == "1" ? "0" : "1"]
        case (_, "insert own"): return ["policy"]
        case (.own, _) where kind.hasSuffix(" all"): return [own]
        default: return ["0"]
        }
    }

    /// Tries all of a role's, each on its own, and takes back what they did.
    static func run(as role: String, in context: RowProbeContext, of tenants: ProbedTenants, on database: TestDatabase) async throws -> [RowProbe] {
        // A connection of its own: on one that had a tenant before, none is the empty text.
        let session = try AdministrationSession(configuration: try database.configuration(role: role), logger: TestServer.logger)
        let value = context.value(tenants).map { "'\($0)'" } ?? "NULL"
        let rows = try await session.run(
            """
            SELECT relname, kind, is_granted, own, statement, testing.attempt(\(value), statement) FROM testing.probe
            WHERE role = current_user ORDER BY relname, kind
            """
        )
        return rows.map { RowProbe(table: $0[0], kind: $0[1], isGranted: $0[2] == "t", own: $0[3], statement: $0[4], result: $0[5]) }
    }

    /// Makes them for rows of the other tenant that are tried by mine.
    static func prepare(_ tenants: ProbedTenants, on database: TestDatabase) async throws {
        try await database.sql(attempt + make + "SELECT testing.make_probes('\(tenants.mine)', '\(tenants.other)')")
    }

    private static let attempt = """
        -- What a role may try, by table; the statements are made from the catalogue, and each knows whether its role has the grants that it needs.
        CREATE TABLE testing.probe (role name, relname name, kind text, is_granted boolean, own bigint, statement text);

        -- Tries a statement in a context (NULL: none is set), takes it back, and says how many rows it met or who refused it.
        CREATE FUNCTION testing.attempt(context text, statement text) RETURNS text LANGUAGE plpgsql AS $$
        DECLARE
            met bigint;
            said text;
        BEGIN
            IF context IS NOT NULL THEN EXECUTE format('SET LOCAL app.tenant_id = %L', context); END IF;
            EXECUTE statement;
            GET DIAGNOSTICS met = ROW_COUNT;
            RAISE EXCEPTION USING ERRCODE = 'ZZ000', MESSAGE = met;
        EXCEPTION WHEN OTHERS THEN
            GET STACKED DIAGNOSTICS said = MESSAGE_TEXT;
            RETURN CASE
                WHEN SQLSTATE = 'ZZ000' THEN said
                WHEN SQLSTATE = '42501' AND said LIKE '%row-level security policy "tenant" for table%' THEN 'policy'
                WHEN SQLSTATE = '42501' AND said LIKE 'query would be affected by row-level security policy%' THEN 'affected'
                WHEN SQLSTATE = '42501' AND (said LIKE 'permission denied for table %' OR said LIKE 'must be owner of table %') THEN 'grant'
                WHEN SQLSTATE = '22P02' THEN 'malformed'
                ELSE SQLSTATE || ' ' || said END;
        END $$;

        """

    private static let make = """
        CREATE FUNCTION testing.make_probes(mine uuid, other uuid) RETURNS void LANGUAGE plpgsql AS $$
        DECLARE
            t record; r record; p record; k record; col text; key record;
        BEGIN
            FOR t IN SELECT c.oid, c.relname, c.relispartition FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'tenant_id'
                WHERE c.relnamespace = 'docket'::regnamespace AND c.relkind IN ('r', 'p') LOOP
                FOR r IN SELECT unnest(ARRAY['docket_api', 'docket_dispatcher', 'docket_scheduler', 'docket_courier']) AS name LOOP
                    -- Two layers, tried one by one: the column is not granted (the catalogue's test), so that the policy's own verdict would not be heard.
                    IF has_any_column_privilege(r.name, t.oid, 'UPDATE') THEN
                        EXECUTE format('GRANT UPDATE (tenant_id) ON docket.%I TO %I', t.relname, r.name);
                    END IF;
                END LOOP;
            END LOOP;
            FOR t IN SELECT c.oid, c.relname, c.relispartition FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'tenant_id'
                WHERE c.relnamespace = 'docket'::regnamespace AND c.relkind IN ('r', 'p') LOOP
                p := testing.row_of(t.oid, quote_literal(other), 9);
                k := testing.row_of(t.oid, quote_literal(mine), 9);
                SELECT string_agg(quote_ident(a.attname), ', ') AS names, array_agg(a.attnum) AS numbers INTO key FROM pg_index i JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = ANY (i.indkey)
                    WHERE i.indrelid = t.oid AND i.indisprimary;
                FOR r IN SELECT x.name, has_column_privilege(x.name, t.oid, 'tenant_id', 'SELECT') AS s, has_any_column_privilege(x.name, t.oid, 'INSERT') AS i,
                        has_any_column_privilege(x.name, t.oid, 'UPDATE') AS u, has_table_privilege(x.name, t.oid, 'DELETE') AS d,
                        (SELECT bool_and(has_column_privilege(x.name, t.oid, n, 'SELECT')) FROM unnest(key.numbers) n) AS k
                    FROM unnest(ARRAY['docket_api', 'docket_dispatcher', 'docket_scheduler', 'docket_courier']) x (name) LOOP
                    -- Something that the role may write, or else anything.
                    SELECT quote_ident(a.attname) INTO col FROM pg_attribute a
                        WHERE a.attrelid = t.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attname <> 'tenant_id' AND a.attgenerated = '' AND a.attidentity = ''
                        ORDER BY has_column_privilege(r.name, t.oid, a.attnum, 'UPDATE') AND has_column_privilege(r.name, t.oid, a.attnum, 'SELECT') DESC,
                            a.attnum DESC LIMIT 1;
                    INSERT INTO testing.probe
                    SELECT r.name, t.relname, x.kind, x.granted, 0, replace(replace(x.text, '$t', 'docket.' || quote_ident(t.relname)), '$o', quote_literal(other))
                    FROM (VALUES
                        ('read all', r.s, 'SELECT tenant_id FROM $t'),
                        ('read', r.s, 'SELECT tenant_id FROM $t WHERE tenant_id = $o'),
                        ('lock all', r.s AND r.u, 'SELECT tenant_id FROM $t FOR UPDATE'),
                        ('lock', r.s AND r.u, 'SELECT tenant_id FROM $t WHERE tenant_id = $o FOR UPDATE'),
                        ('update all', r.s AND r.u, format('UPDATE $t SET %s = %1$s', col)),
                        ('update', r.s AND r.u, format('UPDATE $t SET %s = %1$s WHERE tenant_id = $o RETURNING tenant_id', col)),
                        ('delete all', r.d, 'DELETE FROM $t'),
                        ('delete', r.s AND r.d, 'DELETE FROM $t WHERE tenant_id = $o RETURNING tenant_id'),
                        ('insert own', r.i, format('INSERT INTO $t (%s) VALUES (%s) ON CONFLICT DO NOTHING', k.names, k.vals)),
                        ('insert', r.i, format('INSERT INTO $t (%s) VALUES (%s)', p.names, p.vals)),
                        ('upsert', r.s AND r.i AND r.u AND r.k, format('INSERT INTO $t (%s) VALUES (%s) ON CONFLICT (%s) DO UPDATE SET %s = EXCLUDED.%4$s', p.names, p.vals, key.names, col)),
                        ('merge insert', r.s AND r.i, format('MERGE INTO $t USING (SELECT 1) s ON tenant_id = $o WHEN NOT MATCHED THEN INSERT (%s) VALUES (%s)', p.names, p.vals)),
                        ('merge update', r.s AND r.u, format('MERGE INTO $t USING (SELECT 1) s ON tenant_id = $o WHEN MATCHED THEN UPDATE SET %s = %1$s', col)),
                        ('merge delete', r.s AND r.d, 'MERGE INTO $t USING (SELECT 1) s ON tenant_id = $o WHEN MATCHED THEN DELETE'),
                        ('move', r.s AND r.u, 'UPDATE $t SET tenant_id = $o'),
                        ('unguarded', r.s, 'SET LOCAL row_security = off; SELECT tenant_id FROM $t'),
                        ('truncate', false, 'TRUNCATE $t'),
                        ('unprotect', false, 'ALTER TABLE $t DISABLE ROW LEVEL SECURITY')
                    ) x (kind, granted, text);
                END LOOP;
                EXECUTE format('UPDATE testing.probe SET own = (SELECT count(*) FROM docket.%I WHERE tenant_id = %L) WHERE relname = %L', t.relname, mine, t.relname);
            END LOOP;
            GRANT USAGE ON SCHEMA testing TO docket_api, docket_dispatcher, docket_scheduler, docket_courier;
            GRANT SELECT ON testing.probe TO docket_api, docket_dispatcher, docket_scheduler, docket_courier;
        END $$;

        """
}
