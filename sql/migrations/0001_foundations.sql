-- Schemas, the tenant context, the clock, and the template by which every tenant table is protected (security.md 1, scale.md 1).

CREATE SCHEMA docket;
GRANT USAGE ON SCHEMA docket TO docket_api, docket_dispatcher, docket_scheduler, docket_courier, docket_claim, docket_search, docket_metrics, docket_backup;

-- Every process checks at its start that the schema is the one it knows.
DO $meta$
BEGIN
    IF to_regclass('docket_meta.schema_migration') IS NOT NULL THEN
        GRANT USAGE ON SCHEMA docket_meta TO docket_api, docket_dispatcher, docket_scheduler, docket_courier;
        GRANT SELECT ON docket_meta.schema_migration TO docket_api, docket_dispatcher, docket_scheduler, docket_courier;
    END IF;
END
$meta$;

ALTER DEFAULT PRIVILEGES REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;

-- The only way to set the tenant. EXECUTE of SET LOCAL, because set_config does not reach the nodes of a sharded database (scale.md 1.4).
CREATE FUNCTION docket.set_tenant(tenant uuid) RETURNS void
    LANGUAGE plpgsql SET search_path = pg_catalog, docket AS
$$
BEGIN
    EXECUTE format('SET LOCAL app.tenant_id = %L', tenant);
END
$$;

-- The clock that decides (design.md I9). A test database replaces the body (sql/test_clock.sql); nothing else may.
CREATE FUNCTION docket.now() RETURNS timestamptz
    LANGUAGE sql VOLATILE SET search_path = pg_catalog, docket AS
$$ SELECT clock_timestamp() $$;

GRANT EXECUTE ON FUNCTION docket.set_tenant(uuid), docket.now() TO docket_api, docket_dispatcher, docket_scheduler, docket_courier;
GRANT EXECUTE ON FUNCTION docket.now() TO docket_claim, docket_metrics;

-- Protects one tenant table: row level security with a permissive base and a RESTRICTIVE tenant policy, which no later permissive policy can widen.
-- ENABLE without FORCE, and no subquery in a policy: both are needed on a sharded database.
CREATE FUNCTION docket.protect_tenant_table(target regclass) RETURNS void
    LANGUAGE plpgsql SET search_path = pg_catalog, docket AS
$$
BEGIN
    EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', target);
    EXECUTE format('CREATE POLICY base ON %s AS PERMISSIVE FOR ALL
        TO docket_api, docket_dispatcher, docket_scheduler, docket_courier USING (true) WITH CHECK (true)', target);
    EXECUTE format('CREATE POLICY tenant ON %s AS RESTRICTIVE FOR ALL
        TO docket_api, docket_dispatcher, docket_scheduler, docket_courier
        USING (tenant_id = nullif(current_setting(''app.tenant_id'', true), '''')::uuid)
        WITH CHECK (tenant_id = nullif(current_setting(''app.tenant_id'', true), '''')::uuid)', target);
END
$$;

-- Lets a NOLOGIN owner of cross-tenant functions read one table across tenants: only the columns that discovery needs.
CREATE FUNCTION docket.open_to_discovery(target regclass, reader name, columns text) RETURNS void
    LANGUAGE plpgsql SET search_path = pg_catalog, docket AS
$$
BEGIN
    EXECUTE format('CREATE POLICY %I ON %s AS PERMISSIVE FOR SELECT TO %I USING (true)', 'discovery_' || reader, target, reader);
    EXECUTE format('GRANT SELECT (%s) ON %s TO %I', columns, target, reader);
END
$$;

-- Global: the companies that share the deployment.
CREATE TABLE docket.tenant (
    id          uuid PRIMARY KEY,
    slug        text NOT NULL UNIQUE CHECK (slug ~ '^[a-z0-9][a-z0-9-]{0,62}$'),
    name        text NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
    plan_weight integer NOT NULL DEFAULT 1 CHECK (plan_weight BETWEEN 1 AND 1000),
    active      boolean NOT NULL DEFAULT true,
    created_at  timestamptz NOT NULL
);

-- Global: a look-up keyed by the value that is looked up (design.md 5). Only the hash of a key is kept (api.md 1).
CREATE TABLE docket.api_key (
    hash       bytea PRIMARY KEY CHECK (length(hash) = 32),
    id         uuid NOT NULL UNIQUE,
    tenant_id  uuid NOT NULL REFERENCES docket.tenant (id),
    name       text NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
    prefix     text NOT NULL,
    last_four  text NOT NULL,
    scopes     text[] NOT NULL,
    agent_id   uuid,
    created_at timestamptz NOT NULL,
    expires_at timestamptz,
    revoked_at timestamptz
);
CREATE INDEX api_key_tenant ON docket.api_key (tenant_id, id);

-- One row a tenant: the version of everything that commands cache (queues, policies, calendars, endpoints, …).
-- A command that decided on a cached copy names its version; another version aborts the command, which reads again (UseCases/Configuration).
CREATE TABLE docket.tenant_configuration (
    tenant_id uuid PRIMARY KEY,
    version   bigint NOT NULL
) WITH (fillfactor = 50);
SELECT docket.protect_tenant_table('docket.tenant_configuration');
GRANT SELECT, INSERT, UPDATE ON docket.tenant_configuration TO docket_api;
GRANT SELECT ON docket.tenant_configuration TO docket_dispatcher, docket_scheduler, docket_courier;

CREATE FUNCTION docket.require_configuration(tenant uuid, expected bigint) RETURNS void
    LANGUAGE plpgsql SET search_path = pg_catalog, docket AS
$$
BEGIN
    IF NOT EXISTS (SELECT FROM docket.tenant_configuration c WHERE c.tenant_id = tenant AND c.version = expected) THEN
        RAISE EXCEPTION 'the tenant''s configuration has another version' USING ERRCODE = 'DK001';
    END IF;
END
$$;
GRANT EXECUTE ON FUNCTION docket.require_configuration(uuid, bigint) TO docket_api, docket_dispatcher, docket_scheduler;

-- Ticket numbers are handed out in small blocks, each in a unit of its own, so that no create waits for another's commit (design.md 5).
CREATE TABLE docket.ticket_counter (
    tenant_id   uuid PRIMARY KEY,
    next_number bigint NOT NULL CHECK (next_number > 0)
) WITH (fillfactor = 50);
SELECT docket.protect_tenant_table('docket.ticket_counter');
GRANT SELECT, INSERT, UPDATE ON docket.ticket_counter TO docket_api;
