-- Whoever is absent by record, or beyond the end of his shift, is not there, whatever his heartbeats say: what routing does not give work to is not counted as
-- online either. Ids and times only are read of the agents.

SELECT docket.open_to_discovery('docket.agent', 'docket_claim', 'tenant_id, id, absent_from, absent_until');

GRANT CREATE ON SCHEMA docket TO docket_claim;
SET LOCAL ROLE docket_claim;
CREATE OR REPLACE FUNCTION docket.agents_by_state()
    RETURNS TABLE (online bigint, away bigint, offline bigint)
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, docket AS
$$
DECLARE
    time CONSTANT timestamptz := docket.now();
BEGIN
    RETURN QUERY
        SELECT count(*) FILTER (WHERE s.status = 'online'), count(*) FILTER (WHERE s.status = 'away'), count(*) FILTER (WHERE s.status = 'offline')
        FROM (
            SELECT CASE WHEN p.lease_until > time AND coalesce(p.shift_ends_at > time, true)
                AND NOT coalesce(a.absent_from <= time AND a.absent_until > time, false) THEN p.status ELSE 'offline' END AS status
            FROM docket.agent_presence p JOIN docket.tenant t ON t.id = p.tenant_id AND t.active
            JOIN docket.agent a ON a.tenant_id = p.tenant_id AND a.id = p.agent_id
        ) s;
END
$$;
SET LOCAL ROLE docket_owner;
REVOKE CREATE ON SCHEMA docket FROM docket_claim;
