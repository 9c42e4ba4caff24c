-- Tickets that move on by themselves (features.md A4.1, A4.16; docs/decisions/0019), and re-evaluations that go on where the one before stopped.

-- In days of 24 hours; null: only somebody moves them.
ALTER TABLE docket.tenant_configuration
    ADD COLUMN close_resolved_after_days integer CHECK (close_resolved_after_days BETWEEN 1 AND 3650),
    ADD COLUMN archive_closed_after_days integer CHECK (archive_closed_after_days BETWEEN 1 AND 3650);

-- What is to be closed and archived, the longest waiting first. No index reads the state itself: moves between states write no index anew.
ALTER TABLE docket.ticket ADD COLUMN is_archived boolean NOT NULL GENERATED ALWAYS AS (state = 'archived') STORED;
CREATE INDEX ticket_resolved ON docket.ticket (tenant_id, resolved_at, id) WHERE resolved_at IS NOT NULL AND closed_at IS NULL;
CREATE INDEX ticket_closed ON docket.ticket (tenant_id, closed_at, id) WHERE closed_at IS NOT NULL AND NOT is_archived;

-- Whoever closes a ticket gives up what is booked for it.
GRANT SELECT ON docket.booking TO docket_scheduler;
GRANT UPDATE (cancelled_at) ON docket.booking TO docket_scheduler;

-- Active tenants with tickets to close or to archive by now: two looks into an index for each tenant that wants it.
SELECT docket.open_to_discovery('docket.tenant_configuration', 'docket_claim', 'tenant_id, close_resolved_after_days, archive_closed_after_days');
GRANT SELECT (resolved_at, closed_at, is_archived) ON docket.ticket TO docket_claim;
GRANT CREATE ON SCHEMA docket TO docket_claim;
SET LOCAL ROLE docket_claim;
CREATE FUNCTION docket.tenants_with_aged_tickets(maximum integer)
    RETURNS TABLE (tenant_id uuid)
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, docket AS
$$
DECLARE
    present CONSTANT timestamptz := docket.now();
BEGIN
    RETURN QUERY
        SELECT c.tenant_id FROM docket.tenant_configuration c JOIN docket.tenant n ON n.id = c.tenant_id AND n.active
        WHERE (c.close_resolved_after_days IS NOT NULL AND (
                SELECT t.resolved_at FROM docket.ticket t
                WHERE t.tenant_id = c.tenant_id AND t.resolved_at IS NOT NULL AND t.closed_at IS NULL ORDER BY t.resolved_at LIMIT 1
            ) <= present - make_interval(hours => 24 * c.close_resolved_after_days))
            OR (c.archive_closed_after_days IS NOT NULL AND (
                SELECT t.closed_at FROM docket.ticket t
                WHERE t.tenant_id = c.tenant_id AND t.closed_at IS NOT NULL AND NOT t.is_archived ORDER BY t.closed_at LIMIT 1
            ) <= present - make_interval(hours => 24 * c.archive_closed_after_days))
        LIMIT least(maximum, 10000);
END
$$;
REVOKE EXECUTE ON FUNCTION docket.tenants_with_aged_tickets(integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION docket.tenants_with_aged_tickets(integer) TO docket_scheduler;
SET LOCAL ROLE docket_owner;
REVOKE CREATE ON SCHEMA docket FROM docket_claim;

-- A re-evaluation goes through the tickets in a ring: it begins behind the place that the one before had come to, goes on to the last, and from the first to
-- where it began. So edits that come faster than a circle takes keep no ticket waiting for ever.
ALTER TABLE docket.sla_reevaluation
    ADD COLUMN begins_after  uuid NOT NULL DEFAULT '00000000-0000-0000-0000-000000000000',
    ADD COLUMN has_wrapped   boolean NOT NULL DEFAULT false,
    -- Up to which ticket everything was worked on, and the number of the part that brought it there.
    ADD COLUMN position      uuid NOT NULL DEFAULT '00000000-0000-0000-0000-000000000000',
    ADD COLUMN position_part integer NOT NULL DEFAULT 0;
-- Whether it is a stretch of the ring; others were added or split off.
ALTER TABLE docket.sla_reevaluation_part ADD COLUMN in_turn boolean NOT NULL DEFAULT false;
