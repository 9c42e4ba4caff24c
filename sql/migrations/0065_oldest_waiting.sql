-- Counting stops at 100,000 rows a kind, and the oldest was looked for among those that were counted: whoever has that many hid what waits for others.
-- Where there are more than are counted, the oldest is looked for by itself from now on. Deliveries have an index of their due times, of which the first 100,000
-- are read, since a suspended tenant's stand in front. Of waiting tickets the front of each queue is looked at: in the order of their ranks, so that of a queue
-- with more than 100,000 tickets it need not be the very oldest.

GRANT SELECT (rank_at) ON docket.routing_entry TO docket_claim;

GRANT CREATE ON SCHEMA docket TO docket_claim;
SET LOCAL ROLE docket_claim;
CREATE OR REPLACE FUNCTION docket.backlog()
    RETURNS TABLE (kind text, waiting bigint, oldest timestamptz)
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, docket AS
$$
DECLARE
    suspended CONSTANT uuid[] := ARRAY(SELECT t.id FROM docket.tenant t WHERE NOT t.active);
BEGIN
    RETURN QUERY SELECT 'routing', count(*), CASE WHEN count(*) < 100000 THEN min(r.eligible_at) ELSE least(min(r.eligible_at), (
            SELECT min(f.eligible_at)
            FROM docket.routing_lane l CROSS JOIN LATERAL (
                SELECT x.eligible_at FROM docket.routing_entry x WHERE x.tenant_id = l.tenant_id AND x.queue_id = l.queue_id
                ORDER BY x.rank_at, x.eligible_at LIMIT 1
            ) f
            WHERE l.tenant_id <> ALL (suspended)
        )) END
        FROM (
            SELECT e.eligible_at
            FROM docket.tenant n CROSS JOIN LATERAL (SELECT x.eligible_at FROM docket.routing_entry x WHERE x.tenant_id = n.id LIMIT 100000) e
            WHERE n.active LIMIT 100000
        ) r;
    RETURN QUERY SELECT 'timers_overdue', count(*), min(t.next_fire_at)
        FROM (SELECT s.next_fire_at FROM docket.sla_timer s WHERE s.next_fire_at <= (SELECT docket.now()) LIMIT 100000) t;
    RETURN QUERY SELECT 'outbox', count(*), CASE WHEN count(*) < 100000 THEN min(o.next_attempt_at) ELSE least(min(o.next_attempt_at), (
            SELECT min(f.next_attempt_at) FROM (SELECT x.tenant_id, x.next_attempt_at FROM docket.outbox x ORDER BY x.next_attempt_at LIMIT 100000) f
            WHERE f.tenant_id <> ALL (suspended)
        )) END
        FROM (
            SELECT b.next_attempt_at
            FROM docket.tenant n CROSS JOIN LATERAL (SELECT x.next_attempt_at FROM docket.outbox x WHERE x.tenant_id = n.id LIMIT 100000) b
            WHERE n.active LIMIT 100000
        ) o;
END
$$;
SET LOCAL ROLE docket_owner;
REVOKE CREATE ON SCHEMA docket FROM docket_claim;
