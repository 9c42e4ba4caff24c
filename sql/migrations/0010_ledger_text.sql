-- What firing a timer costs the server.

-- The ledger is written and read as a whole, never looked into: as json its text is checked and kept, where jsonb was taken apart and put together again
-- at each firing, which took longer than everything else of it.
ALTER TABLE docket.sla_ledger ALTER COLUMN document TYPE json USING document::json;
DO $compression$
BEGIN
    -- Of two kilobytes on the text is compressed, three times faster by lz4.
    ALTER TABLE docket.sla_ledger ALTER COLUMN document SET COMPRESSION lz4;
EXCEPTION WHEN feature_not_supported THEN
    RAISE NOTICE 'this server was built without lz4: ledgers are compressed by pglz';
END
$compression$;

-- docket.now() is volatile: asked once, so that the index on the time is used and not every armed timer looked at.
GRANT CREATE ON SCHEMA docket TO docket_claim;
SET LOCAL ROLE docket_claim;
CREATE OR REPLACE FUNCTION docket.backlog()
    RETURNS TABLE (kind text, waiting bigint, oldest timestamptz)
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, docket AS
$$
BEGIN
    RETURN QUERY SELECT 'routing', count(*), min(r.eligible_at) FROM (SELECT e.eligible_at FROM docket.routing_entry e LIMIT 100000) r;
    RETURN QUERY SELECT 'timers_overdue', count(*), min(t.next_fire_at)
        FROM (SELECT s.next_fire_at FROM docket.sla_timer s WHERE s.next_fire_at <= (SELECT docket.now()) LIMIT 100000) t;
    RETURN QUERY SELECT 'outbox', count(*), min(o.next_attempt_at) FROM (SELECT b.next_attempt_at FROM docket.outbox b LIMIT 100000) o;
END
$$;
RESET ROLE;
REVOKE CREATE ON SCHEMA docket FROM docket_claim;
