-- What a suspended tenant is told and spared: its keys are known and refused, its deliveries wait, and what waits for it is nobody's backlog.

GRANT CREATE ON SCHEMA docket TO docket_claim;
SET LOCAL ROLE docket_claim;

-- As before, but the key of a suspended tenant is found, and says so.
DROP FUNCTION docket.authenticate(bytea);
CREATE FUNCTION docket.authenticate(key_hash bytea)
    RETURNS TABLE (tenant_id uuid, key_id uuid, scopes text[], agent_id uuid, expires_at timestamptz, vip boolean, priority_floor smallint, queue_id uuid,
        is_suspended boolean)
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, docket AS
$$
BEGIN
    RETURN QUERY
        SELECT k.tenant_id, k.id, k.scopes, k.agent_id, k.expires_at, k.vip, k.priority_floor, k.queue_id, NOT t.active
        FROM docket.api_key k JOIN docket.tenant t ON t.id = k.tenant_id
        WHERE k.hash = key_hash AND k.revoked_at IS NULL AND (k.expires_at IS NULL OR k.expires_at > clock_timestamp());
END
$$;
REVOKE EXECUTE ON FUNCTION docket.authenticate(bytea) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION docket.authenticate(bytea) TO docket_api;

-- As before, but nothing of a suspended tenant.
CREATE OR REPLACE FUNCTION docket.lanes_to_deliver(until timestamptz, after_tenant uuid, after_lane uuid, maximum integer)
    RETURNS TABLE (tenant_id uuid, lane uuid, due_at timestamptz)
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, docket AS
$$
DECLARE
    found_count integer := 0;
BEGIN
    tenant_id := after_tenant;
    lane := after_lane;
    WHILE found_count < least(maximum, 10000) LOOP
        SELECT o.tenant_id, o.lane, o.next_attempt_at INTO tenant_id, lane, due_at FROM docket.outbox o
        WHERE (o.tenant_id, o.lane) > (lanes_to_deliver.tenant_id, lanes_to_deliver.lane) ORDER BY o.tenant_id, o.lane, o.next_attempt_at LIMIT 1;
        EXIT WHEN NOT FOUND;
        IF NOT EXISTS (SELECT FROM docket.tenant t WHERE t.id = lanes_to_deliver.tenant_id AND t.active) THEN
            -- All of its lanes at once.
            lane := 'ffffffff-ffff-ffff-ffff-ffffffffffff';
        ELSIF due_at <= until THEN
            found_count := found_count + 1;
            RETURN NEXT;
        END IF;
    END LOOP;
END
$$;

-- As before, but what waits because its tenant is suspended counts for nothing that anybody would have to look at, and is not read. Clocks go on.
CREATE OR REPLACE FUNCTION docket.backlog()
    RETURNS TABLE (kind text, waiting bigint, oldest timestamptz)
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, docket AS
$$
BEGIN
    RETURN QUERY SELECT 'routing', count(*), min(r.eligible_at)
        FROM (
            SELECT e.eligible_at
            FROM docket.tenant n CROSS JOIN LATERAL (SELECT x.eligible_at FROM docket.routing_entry x WHERE x.tenant_id = n.id LIMIT 100000) e
            WHERE n.active LIMIT 100000
        ) r;
    RETURN QUERY SELECT 'timers_overdue', count(*), min(t.next_fire_at)
        FROM (SELECT s.next_fire_at FROM docket.sla_timer s WHERE s.next_fire_at <= (SELECT docket.now()) LIMIT 100000) t;
    RETURN QUERY SELECT 'outbox', count(*), min(o.next_attempt_at)
        FROM (
            SELECT b.next_attempt_at
            FROM docket.tenant n CROSS JOIN LATERAL (SELECT x.next_attempt_at FROM docket.outbox x WHERE x.tenant_id = n.id LIMIT 100000) b
            WHERE n.active LIMIT 100000
        ) o;
END
$$;

-- As before, but what is due for a suspended tenant, and stays due as long as that lasts, takes nobody else's place among the first.
CREATE OR REPLACE FUNCTION docket.steps_due(until timestamptz, maximum integer)
    RETURNS TABLE (tenant_id uuid, queue_id uuid, plan_weight integer)
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, docket AS
$$
DECLARE
    suspended CONSTANT uuid[] := ARRAY(SELECT t.id FROM docket.tenant t WHERE NOT t.active);
BEGIN
    RETURN QUERY
        SELECT DISTINCT d.tenant_id, d.queue_id, t.plan_weight
        FROM (
            (SELECT r.tenant_id, r.queue_id FROM docket.routing_entry r
            WHERE r.next_step_at <= until AND r.tenant_id <> ALL (suspended) ORDER BY r.next_step_at LIMIT least(maximum, 10000))
            UNION ALL
            (SELECT l.tenant_id, l.queue_id FROM docket.routing_lane l
            WHERE l.look_at <= until AND l.tenant_id <> ALL (suspended) ORDER BY l.look_at LIMIT least(maximum, 10000))
        ) d
        JOIN docket.tenant t ON t.id = d.tenant_id AND t.active;
END
$$;

CREATE OR REPLACE FUNCTION docket.next_step_at() RETURNS timestamptz
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, docket AS
$$
DECLARE
    suspended CONSTANT uuid[] := ARRAY(SELECT t.id FROM docket.tenant t WHERE NOT t.active);
BEGIN
    RETURN least(
        (SELECT r.next_step_at FROM docket.routing_entry r
        WHERE r.next_step_at IS NOT NULL AND r.tenant_id <> ALL (suspended) ORDER BY r.next_step_at LIMIT 1),
        (SELECT l.look_at FROM docket.routing_lane l WHERE l.look_at IS NOT NULL AND l.tenant_id <> ALL (suspended) ORDER BY l.look_at LIMIT 1));
END
$$;

SET LOCAL ROLE docket_owner;
REVOKE CREATE ON SCHEMA docket FROM docket_claim;
