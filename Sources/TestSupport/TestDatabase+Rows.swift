/// Rows in every table of tenants, from the catalogue: a new table is tested the day it comes.
extension TestDatabase {
    /// Gives each tenant three rows (one, where the key allows no more) in every table of tenants, with whatever the columns take.
    ///
    /// Checks and references of the database are dropped for it: only for tests that ask nothing of what the rows say.
    /// `testing.row_of(table, tenant, number)` gives the columns and values of another such row.
    public func fillTenantTables() async throws {
        try await sql(Self.rowOf + Self.fill)
    }

    private static let rowOf = """
        CREATE SCHEMA testing;
        CREATE FUNCTION testing.row_of(target oid, tenant text, i integer, OUT names text, OUT vals text) LANGUAGE sql AS $$
            SELECT string_agg(quote_ident(a.attname), ', '), string_agg(CASE
                WHEN a.attname = 'tenant_id' THEN tenant
                WHEN a.attname IN ('class_key', 'seq', 'number') THEN i::text
                WHEN y.typcategory = 'A' THEN quote_literal('{}') || '::' || format_type(a.atttypid, NULL)
                WHEN y.typname = 'uuid' THEN 'gen_random_uuid()'
                WHEN y.typname IN ('jsonb', 'json') THEN quote_literal('{}') || '::' || y.typname
                WHEN y.typname = 'timestamptz' THEN 'docket.now()'
                WHEN y.typname = 'date' THEN 'docket.now()::date'
                WHEN y.typname = 'bool' THEN 'false'
                WHEN y.typname = 'bytea' THEN 'sha256(gen_random_uuid()::text::bytea)'
                WHEN y.typname = 'xid8' THEN 'pg_current_xact_id()'
                WHEN y.typcategory = 'N' THEN i::text
                WHEN y.typcategory = 'R' THEN quote_literal('empty') || '::' || y.typname
                ELSE quote_literal('x' || i) || '::' || format_type(a.atttypid, NULL) END, ', ')
            FROM pg_attribute a JOIN pg_type y ON y.oid = a.atttypid
            WHERE a.attrelid = target AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = '' AND a.attidentity = ''
                AND a.attnotnull AND NOT a.atthasdef
        $$;

        """

    private static let fill = """
        DO $$
        DECLARE t record; c record; r record;
        BEGIN
            FOR c IN SELECT conrelid::regclass AS r, conname FROM pg_constraint
                WHERE connamespace = 'docket'::regnamespace AND contype IN ('c', 'f') AND conparentid = 0 AND coninhcount = 0 LOOP
                EXECUTE format('ALTER TABLE %s DROP CONSTRAINT IF EXISTS %I CASCADE', c.r, c.conname);
            END LOOP;
            FOR c IN SELECT tgrelid::regclass AS r, tgname FROM pg_trigger WHERE NOT tgisinternal LOOP
                EXECUTE format('DROP TRIGGER %I ON %s', c.tgname, c.r);
            END LOOP;
            FOR t IN SELECT k.oid, k.relname FROM pg_class k JOIN pg_attribute a ON a.attrelid = k.oid AND a.attname = 'tenant_id'
                WHERE k.relnamespace = 'docket'::regnamespace AND k.relkind IN ('r', 'p') AND NOT k.relispartition LOOP
                FOR i IN 1..3 LOOP
                    r := testing.row_of(t.oid, 'n.id', i);
                    EXECUTE format('INSERT INTO docket.%I (%s) SELECT %s FROM docket.tenant n ON CONFLICT DO NOTHING', t.relname, r.names, r.vals);
                END LOOP;
            END LOOP;
        END $$;
        """
}
