-- When an agent's next shift begins is stored beside the end of his last one. Heartbeats told nothing of the beginning before the first of the new shift: until then
-- routing gave him work by his calendar, and everything else held him for gone; whoever fell silent before it was looked after no more.

ALTER TABLE docket.agent_presence
    -- When the shift begins that follows shift_ends_at; null where none does within ten years, or without shifts. He is off shift from one to the other.
    ADD shift_resumes_at timestamptz;

GRANT UPDATE (shift_resumes_at) ON docket.agent_presence TO docket_api;
GRANT UPDATE (shift_ends_at, shift_resumes_at) ON docket.agent_presence TO docket_dispatcher;
GRANT SELECT (shift_resumes_at) ON docket.agent_presence TO docket_claim;

GRANT CREATE ON SCHEMA docket TO docket_claim;
SET LOCAL ROLE docket_claim;

-- Also agents who were looked after when their last shift ended, and whose lease lasted into the next: they got work again, and have gone since.
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
        LIMIT least(maximum, 1000);
END
$$;

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
            SELECT CASE WHEN p.lease_until > time AND NOT coalesce(p.shift_ends_at <= time AND coalesce(p.shift_resumes_at > time, true), false)
                AND NOT coalesce(a.absent_from <= time AND a.absent_until > time, false) THEN p.status ELSE 'offline' END AS status
            FROM docket.agent_presence p JOIN docket.tenant t ON t.id = p.tenant_id AND t.active
            JOIN docket.agent a ON a.tenant_id = p.tenant_id AND a.id = p.agent_id
        ) s;
END
$$;
SET LOCAL ROLE docket_owner;
REVOKE CREATE ON SCHEMA docket FROM docket_claim;
