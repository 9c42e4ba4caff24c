-- Of more agents who are gone than one look takes, any were found, which may have been the same each time: whoever was not among them had to wait for as long as these
-- could not be looked after. Now chance tells them, anew with each look. No order by time would do: those who have just fallen silent are looked for by the same function.
GRANT CREATE ON SCHEMA docket TO docket_claim;
SET LOCAL ROLE docket_claim;

CREATE OR REPLACE FUNCTION docket.agents_gone(grace integer, maximum integer)
    RETURNS TABLE (tenant_id uuid, agent_id uuid)
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, docket AS
$$
DECLARE
    time CONSTANT timestamptz := docket.now();
BEGIN
    RETURN QUERY
        SELECT p.tenant_id, p.agent_id FROM docket.agent_presence p JOIN docket.tenant t ON t.id = p.tenant_id AND t.active
        WHERE (NOT p.settled OR p.shift_resumes_at <= time AND p.lease_until > p.shift_resumes_at)
            AND (p.status = 'offline' OR p.lease_until <= time - make_interval(secs => grace)
                OR p.shift_ends_at <= time AND coalesce(p.shift_resumes_at > time, true))
        ORDER BY random() LIMIT least(maximum, 1000);
END
$$;

SET LOCAL ROLE docket_owner;
REVOKE CREATE ON SCHEMA docket FROM docket_claim;
