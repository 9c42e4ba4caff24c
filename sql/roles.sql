-- The fixed roles of a Docket deployment (security.md 1). Run once per cluster as a superuser, before the first migration; may be run again.
-- Passwords are set by the deployment (ALTER ROLE … PASSWORD …); without one a LOGIN role can only use trust, peer or certificate authentication.

DO $roles$
DECLARE
    name text;
BEGIN
    -- Owns every object. Nobody logs in as it.
    -- docket_claim, docket_search, docket_metrics: owners of the few SECURITY DEFINER functions that look across tenants.
    FOREACH name IN ARRAY ARRAY['docket_owner', 'docket_claim', 'docket_search', 'docket_metrics'] LOOP
        IF NOT EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = name) THEN
            EXECUTE format('CREATE ROLE %I NOLOGIN NOSUPERUSER NOBYPASSRLS NOINHERIT', name);
        END IF;
    END LOOP;

    -- One role per executable; row level security binds each of them.
    FOREACH name IN ARRAY ARRAY['docket_api', 'docket_dispatcher', 'docket_scheduler', 'docket_courier'] LOOP
        IF NOT EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = name) THEN
            EXECUTE format('CREATE ROLE %I LOGIN NOSUPERUSER NOBYPASSRLS NOINHERIT', name);
        END IF;
        EXECUTE format('ALTER ROLE %I SET row_security = on', name);
        EXECUTE format('ALTER ROLE %I SET search_path = docket, pg_catalog', name);
        -- Every statement of theirs, and every check of a foreign key, has an index by tenant. A plan of a nearly empty table would read all of it, and be
        -- kept while the table grows by thousands of rows a second (decision 17). What cannot avoid it is not worth compiling.
        EXECUTE format('ALTER ROLE %I SET enable_seqscan = off', name);
        EXECUTE format('ALTER ROLE %I SET jit = off', name);
        -- No transaction of theirs takes longer: one that does holds the change feed up for everybody. Longer than the 30 s of a statement, which the server would
        -- else forget (decision 61). Only PostgreSQL 17 and newer know it; elsewhere each statement, and the time between two, has its limit.
        IF current_setting('server_version_num')::int >= 170000 THEN
            EXECUTE format('ALTER ROLE %I SET transaction_timeout = %L', name, '40s');
        END IF;
    END LOOP;

    -- Migrations and the operator's commands only.
    IF NOT EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = 'docket_migrate') THEN
        CREATE ROLE docket_migrate LOGIN NOSUPERUSER NOBYPASSRLS INHERIT;
    END IF;

    -- pg_dump sets row_security = off, which anybody without BYPASSRLS is refused.
    IF NOT EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = 'docket_backup') THEN
        CREATE ROLE docket_backup LOGIN NOSUPERUSER BYPASSRLS INHERIT;
    END IF;
    -- Without inheriting pg_read_all_data it may read nothing.
    ALTER ROLE docket_backup INHERIT;
END
$roles$;

GRANT docket_owner TO docket_migrate;
-- Whatever a migration makes belongs to the one owner (scale.md 1.5).
ALTER ROLE docket_migrate SET role = 'docket_owner';
-- The owner hands the cross-tenant functions over to their owners while it migrates.
GRANT docket_claim, docket_search, docket_metrics TO docket_owner;
GRANT pg_read_all_data TO docket_backup;
-- `docket doctor` looks for transactions that hold the others back; nobody serves requests as the owner.
GRANT pg_read_all_stats TO docket_owner;
