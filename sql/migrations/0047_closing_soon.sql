-- Tickets that close by themselves can say so some days before (docs/decisions/0019).

-- In days of 24 hours before the ticket is closed; null: nobody is told.
ALTER TABLE docket.tenant_configuration
    ADD COLUMN warn_before_closing_days integer CHECK (warn_before_closing_days BETWEEN 1 AND 3650),
    ADD CONSTRAINT tenant_configuration_warning CHECK (warn_before_closing_days IS NULL OR coalesce(warn_before_closing_days < close_resolved_after_days, false));

-- When it was told of a ticket that is resolved: once, and again when it was reopened and resolved again.
ALTER TABLE docket.ticket ADD COLUMN closing_told_at timestamptz;
GRANT UPDATE (closing_told_at) ON docket.ticket TO docket_api, docket_dispatcher, docket_scheduler;
CREATE INDEX ticket_closing_soon ON docket.ticket (tenant_id, resolved_at, id)
    WHERE resolved_at IS NOT NULL AND closed_at IS NULL AND closing_told_at IS NULL;

-- As before, and active tenants with tickets to tell of.
GRANT SELECT (warn_before_closing_days) ON docket.tenant_configuration TO docket_claim;
GRANT SELECT (closing_told_at) ON docket.ticket TO docket_claim;
GRANT CREATE ON SCHEMA docket TO docket_claim;
SET LOCAL ROLE docket_claim;
CREATE OR REPLACE FUNCTION docket.tenants_with_aged_tickets(maximum integer)
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
            OR (c.warn_before_closing_days IS NOT NULL AND (
                SELECT t.resolved_at FROM docket.ticket t
                WHERE t.tenant_id = c.tenant_id AND t.resolved_at IS NOT NULL AND t.closed_at IS NULL AND t.closing_told_at IS NULL
                    AND t.resolved_at > present - make_interval(hours => 24 * c.close_resolved_after_days) ORDER BY t.resolved_at LIMIT 1
            ) <= present - make_interval(hours => 24 * (c.close_resolved_after_days - c.warn_before_closing_days)))
        LIMIT least(maximum, 10000);
END
$$;
SET LOCAL ROLE docket_owner;
REVOKE CREATE ON SCHEMA docket FROM docket_claim;
