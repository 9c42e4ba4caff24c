-- An edited policy or calendar is applied to the live tickets in the background (sla.md, Timers, "Policy"; Calendars, "Edit or zone change").

-- One row an edit. At most one a tenant is live: a newer edit takes the place of the one under way, because its batches decide by the newest
-- configuration anyway.
CREATE TABLE docket.sla_reevaluation (
    tenant_id             uuid NOT NULL,
    id                    uuid NOT NULL,
    cause                 text NOT NULL CHECK (cause IN ('policy', 'calendar', 'queue', 'time_zones')),
    -- The policy, calendar or queue that was edited; null for time zones.
    subject_id            uuid,
    configuration_version bigint NOT NULL,
    state                 text NOT NULL CHECK (state IN ('waiting', 'running', 'done', 'superseded')),
    -- Whether clocks are measured again although policy and calendar are the same: the rules of time zones are others.
    is_forced             boolean NOT NULL DEFAULT false,
    -- Up to which ticket the tickets have been divided into parts.
    divided_to            uuid NOT NULL DEFAULT '00000000-0000-0000-0000-000000000000',
    is_divided            boolean NOT NULL DEFAULT false,
    part_count            integer NOT NULL DEFAULT 0,
    open_parts            integer NOT NULL DEFAULT 0,
    total                 bigint NOT NULL DEFAULT 0,
    examined              bigint NOT NULL DEFAULT 0,
    changed               bigint NOT NULL DEFAULT 0,
    breached              bigint NOT NULL DEFAULT 0,
    failed                bigint NOT NULL DEFAULT 0,
    error                 text CHECK (length(error) <= 500),
    requested_at          timestamptz NOT NULL,
    started_at            timestamptz,
    finished_at           timestamptz,
    PRIMARY KEY (tenant_id, id)
) WITH (fillfactor = 50);
CREATE UNIQUE INDEX sla_reevaluation_live ON docket.sla_reevaluation (tenant_id) WHERE state IN ('waiting', 'running');
CREATE INDEX sla_reevaluation_newest ON docket.sla_reevaluation (tenant_id, requested_at DESC, id DESC);

-- Some hundred live tickets each: the work of one transaction, which holds the part's row and deletes it. A part survives the worker that had it.
CREATE TABLE docket.sla_reevaluation_part (
    tenant_id       uuid NOT NULL,
    reevaluation_id uuid NOT NULL,
    number          integer NOT NULL,
    tickets         uuid[] NOT NULL,
    failures        smallint NOT NULL DEFAULT 0,
    not_before      timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, reevaluation_id, number),
    FOREIGN KEY (tenant_id, reevaluation_id) REFERENCES docket.sla_reevaluation (tenant_id, id)
);

SELECT docket.protect_tenant_table('docket.sla_reevaluation'), docket.protect_tenant_table('docket.sla_reevaluation_part');
GRANT SELECT, INSERT, UPDATE ON docket.sla_reevaluation TO docket_api, docket_scheduler;
GRANT SELECT, INSERT, UPDATE, DELETE ON docket.sla_reevaluation_part TO docket_scheduler;

-- A command that decided by a version of the configuration shows it by a shared advisory lock until its transaction ends. So a re-evaluation can wait for
-- those that decided by the version before: a ticket that one of them is about to commit would be missed. The lock is taken before the version is looked
-- at: whoever takes it later than the re-evaluation looked finds the new version.
CREATE OR REPLACE FUNCTION docket.require_configuration(tenant uuid, expected bigint) RETURNS void
    LANGUAGE plpgsql SET search_path = pg_catalog, docket AS
$$
BEGIN
    PERFORM pg_advisory_xact_lock_shared(uuid_hash(tenant), (expected & 2147483647)::integer);
    IF NOT EXISTS (SELECT FROM docket.tenant_configuration c WHERE c.tenant_id = tenant AND c.version = expected) THEN
        RAISE EXCEPTION 'the tenant''s configuration has another version' USING ERRCODE = 'DK001';
    END IF;
END
$$;

-- Whether no transaction is left that decided by a version of the configuration before this one.
CREATE FUNCTION docket.configuration_is_settled(tenant uuid, since bigint) RETURNS boolean
    LANGUAGE sql VOLATILE SET search_path = pg_catalog, docket AS
$$
    SELECT NOT EXISTS (
        SELECT FROM pg_locks l
        WHERE l.locktype = 'advisory' AND l.objsubid = 2 AND l.database = (SELECT d.oid FROM pg_database d WHERE d.datname = current_database())
            AND l.classid = uuid_hash(tenant)::oid AND l.objid::bigint < (since & 2147483647))
$$;
GRANT EXECUTE ON FUNCTION docket.configuration_is_settled(uuid, bigint) TO docket_scheduler;

-- Tenants with a live re-evaluation, the longest waiting first.
SELECT docket.open_to_discovery('docket.sla_reevaluation', 'docket_claim', 'tenant_id, state, requested_at');
GRANT CREATE ON SCHEMA docket TO docket_claim;
SET LOCAL ROLE docket_claim;
CREATE FUNCTION docket.tenants_to_reevaluate(maximum integer)
    RETURNS TABLE (tenant_id uuid)
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, docket AS
$$
BEGIN
    RETURN QUERY SELECT r.tenant_id FROM docket.sla_reevaluation r WHERE r.state IN ('waiting', 'running')
        ORDER BY r.requested_at, r.tenant_id LIMIT least(maximum, 10000);
END
$$;
REVOKE EXECUTE ON FUNCTION docket.tenants_to_reevaluate(integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION docket.tenants_to_reevaluate(integer) TO docket_scheduler;
SET LOCAL ROLE docket_owner;
REVOKE CREATE ON SCHEMA docket FROM docket_claim;
