-- A notice that waits for the end of its reader's quiet hours is not written yet: what it says, and where it goes, is decided when they end
-- (docs/concepts/escalation.md, "How they hear"). Whatever waits in the outbox by the time of this migration goes out as it is.

-- Who is to be told, when his quiet hours end, of which `escalation.fired`.
CREATE TABLE docket.held_notice (
    tenant_id uuid NOT NULL,
    due_at    timestamptz NOT NULL,
    agent_id  uuid NOT NULL,
    ticket_id uuid NOT NULL,
    event_seq integer NOT NULL,
    PRIMARY KEY (tenant_id, due_at, agent_id, ticket_id, event_seq)
) WITH (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 500, autovacuum_vacuum_cost_delay = 0);
CREATE INDEX held_notice_due ON docket.held_notice (due_at);

SELECT docket.protect_tenant_table('docket.held_notice');
GRANT SELECT, INSERT, DELETE ON docket.held_notice TO docket_scheduler;
GRANT UPDATE (due_at) ON docket.held_notice TO docket_scheduler;
SELECT docket.fix_tenants();

-- Why a notice was not sent after all.
GRANT INSERT ON docket.delivery_attempt TO docket_scheduler;

SELECT docket.open_to_discovery('docket.held_notice', 'docket_claim', 'tenant_id, due_at');
GRANT CREATE ON SCHEMA docket TO docket_claim;
SET LOCAL ROLE docket_claim;
-- Tenants with notices that are due by `until`. A loose index scan: the cost follows the number of tenants, not of notices.
CREATE FUNCTION docket.tenants_with_held_notices(until timestamptz, maximum integer)
    RETURNS TABLE (tenant_id uuid)
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, docket AS
$$
DECLARE
    found_count integer := 0;
    first_due timestamptz;
BEGIN
    IF NOT EXISTS (SELECT FROM docket.held_notice h WHERE h.due_at <= until) THEN
        RETURN;
    END IF;
    tenant_id := '00000000-0000-0000-0000-000000000000';
    WHILE found_count < least(maximum, 10000) LOOP
        SELECT h.tenant_id, h.due_at INTO tenant_id, first_due FROM docket.held_notice h
        WHERE h.tenant_id > tenants_with_held_notices.tenant_id ORDER BY h.tenant_id, h.due_at LIMIT 1;
        EXIT WHEN NOT FOUND;
        IF first_due <= until THEN
            found_count := found_count + 1;
            RETURN NEXT;
        END IF;
    END LOOP;
END
$$;
CREATE FUNCTION docket.next_held_notice_at() RETURNS timestamptz
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, docket AS
$$
BEGIN
    RETURN (SELECT h.due_at FROM docket.held_notice h ORDER BY h.due_at LIMIT 1);
END
$$;
REVOKE EXECUTE ON FUNCTION docket.tenants_with_held_notices(timestamptz, integer), docket.next_held_notice_at() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION docket.tenants_with_held_notices(timestamptz, integer), docket.next_held_notice_at() TO docket_scheduler;
SET LOCAL ROLE docket_owner;
REVOKE CREATE ON SCHEMA docket FROM docket_claim;
