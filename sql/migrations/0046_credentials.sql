-- What programs prove themselves by: webhook secrets that change with an overlap, and API keys that are managed by API (docs/decisions/0024).

-- Earlier secrets that sign beside the present one, the newest first, each with the time from which on it does no more.
ALTER TABLE docket.webhook_endpoint
    ADD COLUMN earlier_secrets       bytea[] NOT NULL DEFAULT '{}',
    ADD COLUMN earlier_secrets_until timestamptz[] NOT NULL DEFAULT '{}',
    ADD CONSTRAINT webhook_endpoint_earlier CHECK (cardinality(earlier_secrets) <= 3 AND cardinality(earlier_secrets) = cardinality(earlier_secrets_until));
-- Few endpoints have any.
CREATE INDEX webhook_endpoint_earlier_secrets ON docket.webhook_endpoint (tenant_id, id) WHERE earlier_secrets_until <> '{}';
GRANT UPDATE (earlier_secrets, earlier_secrets_until, version, updated_at) ON docket.webhook_endpoint TO docket_scheduler;

-- Tenants with secrets to forget. Whether a tenant is active does not matter to that.
SELECT docket.open_to_discovery('docket.webhook_endpoint', 'docket_claim', 'tenant_id, earlier_secrets_until');
GRANT CREATE ON SCHEMA docket TO docket_claim;
SET LOCAL ROLE docket_claim;
CREATE FUNCTION docket.tenants_with_ended_secrets(maximum integer)
    RETURNS TABLE (tenant_id uuid)
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, docket AS
$$
DECLARE
    present CONSTANT timestamptz := docket.now();
BEGIN
    RETURN QUERY
        SELECT DISTINCT w.tenant_id FROM docket.webhook_endpoint w
        WHERE w.earlier_secrets_until <> '{}' AND EXISTS (SELECT FROM unnest(w.earlier_secrets_until) AS s (until) WHERE s.until <= present)
        LIMIT least(maximum, 10000);
END
$$;
REVOKE EXECUTE ON FUNCTION docket.tenants_with_ended_secrets(integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION docket.tenants_with_ended_secrets(integer) TO docket_scheduler;
SET LOCAL ROLE docket_owner;
REVOKE CREATE ON SCHEMA docket FROM docket_claim;

-- Keys by API: the server sees and writes those of the tenant that it acts for, as with any other table; it never reads a hash, and changes nothing of a key
-- but its end. Whose a key is, is still found by docket.authenticate alone. Made and revoked by which key; null: by the operator.
ALTER TABLE docket.api_key
    ADD COLUMN created_by uuid,
    ADD COLUMN revoked_by uuid;
SELECT docket.protect_tenant_table('docket.api_key');
SELECT docket.open_to_discovery('docket.api_key', 'docket_claim', 'tenant_id');
GRANT SELECT (id, tenant_id, name, prefix, last_four, scopes, agent_id, vip, priority_floor, queue_id, created_at, created_by, expires_at, revoked_at, revoked_by)
    ON docket.api_key TO docket_api;
GRANT INSERT ON docket.api_key TO docket_api;
GRANT UPDATE (revoked_at, revoked_by) ON docket.api_key TO docket_api;
