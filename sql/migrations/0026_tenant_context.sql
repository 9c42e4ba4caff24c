-- The tenant context as an expression that the planner inlines: every unit begins with it, and a plpgsql body with a search path of its own cost a third
-- of a single-row read (docs/decisions/0010). Still the only way to set the tenant, and gone with the transaction. A sharded database keeps the first
-- form: set_config does not reach its nodes (scale.md 1.4).
DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_extension WHERE extname = 'citus') THEN
        DROP FUNCTION docket.set_tenant(uuid);
        CREATE FUNCTION docket.set_tenant(tenant uuid) RETURNS text
            LANGUAGE sql VOLATILE
            RETURN pg_catalog.set_config('app.tenant_id', tenant::text, true);
        GRANT EXECUTE ON FUNCTION docket.set_tenant(uuid) TO docket_api, docket_dispatcher, docket_scheduler, docket_courier;
    END IF;
END
$$;
