-- Absences of agents as records (features.md A3.13): known beforehand, beside the presence that an agent says himself and the shifts of his calendar.

CREATE TABLE docket.agent_absence (
    tenant_id       uuid NOT NULL,
    id              uuid NOT NULL,
    agent_id        uuid NOT NULL,
    kind            text NOT NULL CHECK (kind IN ('vacation', 'sickness', 'training', 'other')),
    reason          text CHECK (length(reason) BETWEEN 1 AND 500),
    -- What goes back into the queues when it begins.
    tickets         text NOT NULL CHECK (tickets IN ('unanswered', 'all')),
    starts_at       timestamptz NOT NULL,
    ends_at         timestamptz NOT NULL,
    created_by_kind text NOT NULL CHECK (created_by_kind IN ('api', 'agent', 'requester', 'dispatcher', 'scheduler', 'system')),
    created_by_id   uuid,
    created_at      timestamptz NOT NULL,
    cancelled_at    timestamptz,
    -- When something must be done about it: its start, then its end; null once it is over or cancelled.
    next_at         timestamptz,
    PRIMARY KEY (tenant_id, agent_id, id),
    FOREIGN KEY (tenant_id, agent_id) REFERENCES docket.agent (tenant_id, id),
    CHECK (starts_at < ends_at)
);
CREATE INDEX agent_absence_next ON docket.agent_absence (next_at) WHERE next_at IS NOT NULL;

-- The running or next stretch of an agent's absences, which may touch and overlap: what routing compares with the clock, in a row that it reads anyway.
ALTER TABLE docket.agent
    ADD absent_from timestamptz,
    ADD absent_until timestamptz,
    ADD CHECK ((absent_from IS NULL) = (absent_until IS NULL) AND absent_from < absent_until);

SELECT docket.protect_tenant_table('docket.agent_absence');
GRANT SELECT, INSERT ON docket.agent_absence TO docket_api;
GRANT UPDATE (cancelled_at, next_at) ON docket.agent_absence TO docket_api;
GRANT SELECT ON docket.agent_absence TO docket_dispatcher;
GRANT UPDATE (next_at) ON docket.agent_absence TO docket_dispatcher;
GRANT UPDATE (absent_from, absent_until) ON docket.agent TO docket_dispatcher;

SELECT docket.open_to_discovery('docket.agent_absence', 'docket_claim', 'tenant_id, agent_id, id, next_at');

GRANT CREATE ON SCHEMA docket TO docket_claim;
SET LOCAL ROLE docket_claim;
-- Absences that begin or end by now.
CREATE FUNCTION docket.absences_due(maximum integer)
    RETURNS TABLE (tenant_id uuid, agent_id uuid, absence_id uuid)
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, docket AS
$$
DECLARE
    time CONSTANT timestamptz := docket.now();
BEGIN
    RETURN QUERY
        SELECT a.tenant_id, a.agent_id, a.id FROM docket.agent_absence a JOIN docket.tenant t ON t.id = a.tenant_id AND t.active
        WHERE a.next_at <= time ORDER BY a.next_at LIMIT least(maximum, 1000);
END
$$;
REVOKE EXECUTE ON FUNCTION docket.absences_due(integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION docket.absences_due(integer) TO docket_dispatcher;
-- As before, but the old offers of tenants that are not active do not fill the list.
CREATE OR REPLACE FUNCTION docket.offers_due(maximum integer)
    RETURNS TABLE (tenant_id uuid, ticket_id uuid)
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, docket AS
$$
DECLARE
    time CONSTANT timestamptz := docket.now();
BEGIN
    RETURN QUERY
        SELECT t.tenant_id, t.id FROM docket.ticket t JOIN docket.tenant n ON n.id = t.tenant_id AND n.active
        WHERE t.offer_expires_at <= time ORDER BY t.offer_expires_at LIMIT least(maximum, 1000);
END
$$;
SET LOCAL ROLE docket_owner;
REVOKE CREATE ON SCHEMA docket FROM docket_claim;
