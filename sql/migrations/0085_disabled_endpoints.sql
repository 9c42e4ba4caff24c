-- What waits for an endpoint that is disabled is given up at once (docs/decisions/0064), and the state of a caller's trace goes with it.

-- Those that were disabled lately; what waits for others was due, and given up, long ago.
-- squawk-ignore require-concurrent-index-creation -- a table of hundreds of rows
CREATE INDEX webhook_endpoint_disabled ON docket.webhook_endpoint (updated_at) WHERE status = 'disabled';
GRANT SELECT (id, status, updated_at) ON docket.webhook_endpoint TO docket_claim;

GRANT CREATE ON SCHEMA docket TO docket_claim;
SET LOCAL ROLE docket_claim;
-- Endpoints that were disabled, or written to since, after `since`, and for which something waits that no courier holds; nothing of a suspended tenant. One
-- probe of the index for each: whatever the planner believes, no row of other endpoints is read.
CREATE FUNCTION docket.disabled_endpoints(since timestamptz, maximum integer)
    RETURNS TABLE (tenant_id uuid, endpoint_id uuid)
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, docket AS
$$
DECLARE
    found_count integer := 0;
BEGIN
    FOR tenant_id, endpoint_id IN
        SELECT w.tenant_id, w.id FROM docket.webhook_endpoint w WHERE w.status = 'disabled' AND w.updated_at > since
        ORDER BY w.updated_at DESC LIMIT 10000
    LOOP
        EXIT WHEN found_count >= least(maximum, 1000);
        IF EXISTS (SELECT FROM docket.outbox o
                WHERE o.tenant_id = disabled_endpoints.tenant_id AND o.lane = disabled_endpoints.endpoint_id AND o.held_by IS NULL)
            AND EXISTS (SELECT FROM docket.tenant t WHERE t.id = disabled_endpoints.tenant_id AND t.active)
        THEN
            found_count := found_count + 1;
            RETURN NEXT;
        END IF;
    END LOOP;
END
$$;
REVOKE EXECUTE ON FUNCTION docket.disabled_endpoints(timestamptz, integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION docket.disabled_endpoints(timestamptz, integer) TO docket_courier;
SET LOCAL ROLE docket_owner;
REVOKE CREATE ON SCHEMA docket FROM docket_claim;

-- What the request gave as tracestate beside its traceparent (W3C Trace Context): passed on as it came.
ALTER TABLE docket.outbox ADD COLUMN tracestate text CHECK (length(tracestate) <= 512);
ALTER TABLE docket.outbox_dead ADD COLUMN tracestate text CHECK (length(tracestate) <= 512);
GRANT UPDATE (tracestate) ON docket.outbox, docket.outbox_dead TO docket_courier;
