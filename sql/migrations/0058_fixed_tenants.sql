-- A row never changes its tenant (security.md 1): no role of a process may write the column. The policies refuse it already; this is the second layer.

-- Takes UPDATE of whole tables of tenants back from the processes' roles, and grants it for each column but tenant_id. From the catalogue, so that no column
-- is forgotten. May be run again: a later migration that grants UPDATE of a new table, or adds columns to one, grants the whole table and calls this.
CREATE FUNCTION docket.fix_tenants() RETURNS void
    LANGUAGE plpgsql SET search_path = pg_catalog, docket AS
$$
DECLARE
    wide record;
BEGIN
    FOR wide IN
        SELECT c.oid::regclass AS target, r.name, string_agg(quote_ident(a.attname), ', ' ORDER BY a.attnum)
            FILTER (WHERE has_column_privilege(r.name, c.oid, a.attnum, 'UPDATE')) AS columns
        FROM pg_class c
        JOIN pg_attribute t ON t.attrelid = c.oid AND t.attname = 'tenant_id' AND NOT t.attisdropped
        CROSS JOIN unnest(ARRAY['docket_api', 'docket_dispatcher', 'docket_scheduler', 'docket_courier']) r (name)
        JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND a.attnum <> t.attnum AND NOT a.attisdropped
        WHERE c.relnamespace = 'docket'::regnamespace AND c.relkind IN ('r', 'p') AND has_column_privilege(r.name, c.oid, t.attnum, 'UPDATE')
        GROUP BY c.oid, r.name
    LOOP
        -- Takes away what was granted for single columns, too.
        EXECUTE format('REVOKE UPDATE ON %s FROM %I', wide.target, wide.name);
        CONTINUE WHEN wide.columns IS NULL;
        EXECUTE format('GRANT UPDATE (%s) ON %s TO %I', wide.columns, wide.target, wide.name);
    END LOOP;
END
$$;
SELECT docket.fix_tenants();
