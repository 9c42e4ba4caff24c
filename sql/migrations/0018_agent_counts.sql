-- How many agents are online, away and offline, over all tenants: what a dispatcher tells the deployment's operator. Whoever's lease is over is offline;
-- agents who never signed in are not counted. A scan of a narrow table, as docket.agents_gone, and seldom.

GRANT CREATE ON SCHEMA docket TO docket_claim;
SET LOCAL ROLE docket_claim;
CREATE FUNCTION docket.agents_by_state()
    RETURNS TABLE (online bigint, away bigint, offline bigint)
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, docket AS
$$
DECLARE
    time CONSTANT timestamptz := docket.now();
BEGIN
    RETURN QUERY
        SELECT count(*) FILTER (WHERE p.lease_until > time AND p.status = 'online'), count(*) FILTER (WHERE p.lease_until > time AND p.status = 'away'),
            count(*) FILTER (WHERE p.lease_until <= time OR p.status = 'offline')
        FROM docket.agent_presence p JOIN docket.tenant t ON t.id = p.tenant_id AND t.active;
END
$$;
REVOKE EXECUTE ON FUNCTION docket.agents_by_state() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION docket.agents_by_state() TO docket_dispatcher;
SET LOCAL ROLE docket_owner;
REVOKE CREATE ON SCHEMA docket FROM docket_claim;
