-- Sites with hours (features.md A3.4), and what an API key says about the tickets that come through it (features.md A1.11).

CREATE TABLE docket.site (
    tenant_id    uuid NOT NULL,
    id           uuid NOT NULL,
    version      bigint NOT NULL DEFAULT 1,
    name         text NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
    -- When somebody can be let in; null: always.
    calendar_id  uuid,
    service_area text CHECK (length(service_area) BETWEEN 1 AND 100),
    latitude_microdegrees integer CHECK (latitude_microdegrees BETWEEN -90000000 AND 90000000),
    longitude_microdegrees integer CHECK (longitude_microdegrees BETWEEN -180000000 AND 180000000),
    active       boolean NOT NULL DEFAULT true,
    created_at   timestamptz NOT NULL,
    updated_at   timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, id),
    CONSTRAINT site_name UNIQUE (tenant_id, name),
    FOREIGN KEY (tenant_id, calendar_id) REFERENCES docket.calendar (tenant_id, id),
    CHECK ((latitude_microdegrees IS NULL) = (longitude_microdegrees IS NULL))
);

-- As with queues, what a ticket points at is checked against the configuration that the command names (docs/decisions/0003).
ALTER TABLE docket.ticket ADD site_id uuid;
GRANT UPDATE (site_id) ON docket.ticket TO docket_api, docket_dispatcher, docket_scheduler;

ALTER TABLE docket.routing_entry ADD site_id uuid;
-- Which queues are worth a look when a site's hours change: empty where no sites are.
CREATE INDEX routing_entry_site ON docket.routing_entry (tenant_id, site_id, queue_id) WHERE site_id IS NOT NULL;

SELECT docket.protect_tenant_table('docket.site');
GRANT SELECT, INSERT, UPDATE ON docket.site TO docket_api;
GRANT SELECT ON docket.site TO docket_dispatcher, docket_scheduler, docket_courier;

ALTER TABLE docket.api_key
    ADD vip boolean NOT NULL DEFAULT false,
    -- No ticket that comes through the key is less urgent; null: no floor.
    ADD priority_floor smallint CHECK (priority_floor BETWEEN 1 AND 4),
    -- Where its tickets come in; checked when the key is issued, as its agent is.
    ADD queue_id uuid;
GRANT SELECT (vip, priority_floor, queue_id) ON docket.api_key TO docket_claim;

GRANT CREATE ON SCHEMA docket TO docket_claim;
SET LOCAL ROLE docket_claim;
-- As before, and what the key says about tickets.
DROP FUNCTION docket.authenticate(bytea);
CREATE FUNCTION docket.authenticate(key_hash bytea)
    RETURNS TABLE (tenant_id uuid, key_id uuid, scopes text[], agent_id uuid, expires_at timestamptz, vip boolean, priority_floor smallint, queue_id uuid)
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, docket AS
$$
BEGIN
    RETURN QUERY
        SELECT k.tenant_id, k.id, k.scopes, k.agent_id, k.expires_at, k.vip, k.priority_floor, k.queue_id
        FROM docket.api_key k JOIN docket.tenant t ON t.id = k.tenant_id
        WHERE k.hash = key_hash AND t.active AND k.revoked_at IS NULL AND (k.expires_at IS NULL OR k.expires_at > clock_timestamp());
END
$$;
REVOKE EXECUTE ON FUNCTION docket.authenticate(bytea) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION docket.authenticate(bytea) TO docket_api;
SET LOCAL ROLE docket_owner;
REVOKE CREATE ON SCHEMA docket FROM docket_claim;
