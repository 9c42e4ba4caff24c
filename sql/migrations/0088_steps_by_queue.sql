-- The time at which a waiting ticket must be looked at again is found queue by queue, so that one tenant's thousands that are due hide nobody else's, and a
-- suspended tenant's are passed over at once instead of one by one.

-- squawk-ignore require-concurrent-index-deletion -- upgrades stop the service, and the table holds no more than what waits
DROP INDEX docket.routing_entry_step;
-- squawk-ignore require-concurrent-index-creation -- as above
CREATE INDEX routing_entry_step ON docket.routing_entry (tenant_id, queue_id, next_step_at) WHERE next_step_at IS NOT NULL;

GRANT CREATE ON SCHEMA docket TO docket_claim;
SET LOCAL ROLE docket_claim;

-- A loose index scan: its cost follows the number of queues in which somebody waits for a time, not of tickets. It begins at a tenant of chance and goes around, so
-- that where more queues are due than are asked for each has its turn.
CREATE OR REPLACE FUNCTION docket.steps_due(until timestamptz, maximum integer)
    RETURNS TABLE (tenant_id uuid, queue_id uuid, plan_weight integer)
    LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, docket AS
$$
DECLARE
    lowest CONSTANT uuid := '00000000-0000-0000-0000-000000000000';
    highest CONSTANT uuid := 'ffffffff-ffff-ffff-ffff-ffffffffffff';
    first_tenant CONSTANT uuid := gen_random_uuid();
    current_tenant uuid := first_tenant;
    current_queue uuid := lowest;
    is_around boolean := false;
    due_at timestamptz;
    weight integer;
    found_count integer := 0;
BEGIN
    WHILE found_count < least(maximum, 10000) LOOP
        SELECT r.tenant_id, r.queue_id, r.next_step_at INTO tenant_id, queue_id, due_at FROM docket.routing_entry r
        WHERE (r.tenant_id, r.queue_id) > (current_tenant, current_queue) AND r.next_step_at IS NOT NULL
        ORDER BY r.tenant_id, r.queue_id, r.next_step_at LIMIT 1;
        IF tenant_id IS NULL OR (is_around AND tenant_id >= first_tenant) THEN
            EXIT WHEN is_around;
            is_around := true;
            current_tenant := lowest;
            current_queue := lowest;
            CONTINUE;
        END IF;
        SELECT t.plan_weight INTO weight FROM docket.tenant t WHERE t.id = steps_due.tenant_id AND t.active;
        current_tenant := tenant_id;
        current_queue := CASE WHEN FOUND THEN queue_id ELSE highest END;
        IF FOUND AND due_at <= until THEN
            plan_weight := weight;
            found_count := found_count + 1;
            RETURN NEXT;
        END IF;
    END LOOP;
    -- Of a queue's own times there is one a queue.
    RETURN QUERY
        SELECT d.tenant_id, d.queue_id, t.plan_weight
        FROM (
            SELECT l.tenant_id, l.queue_id FROM docket.routing_lane l
            WHERE l.look_at <= until AND l.tenant_id <> ALL (ARRAY(SELECT s.id FROM docket.tenant s WHERE NOT s.active))
            ORDER BY l.look_at LIMIT least(maximum, 10000)
        ) d
        JOIN docket.tenant t ON t.id = d.tenant_id AND t.active
        -- Those were found above.
        WHERE NOT EXISTS (SELECT FROM docket.routing_entry r WHERE r.tenant_id = d.tenant_id AND r.queue_id = d.queue_id AND r.next_step_at <= until);
END
$$;

CREATE OR REPLACE FUNCTION docket.next_step_at() RETURNS timestamptz
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, docket AS
$$
DECLARE
    current_tenant uuid := '00000000-0000-0000-0000-000000000000';
    current_queue uuid := '00000000-0000-0000-0000-000000000000';
    at timestamptz;
    earliest timestamptz;
BEGIN
    LOOP
        SELECT r.tenant_id, r.queue_id, r.next_step_at INTO current_tenant, current_queue, at FROM docket.routing_entry r
        WHERE (r.tenant_id, r.queue_id) > (current_tenant, current_queue) AND r.next_step_at IS NOT NULL
        ORDER BY r.tenant_id, r.queue_id, r.next_step_at LIMIT 1;
        EXIT WHEN NOT FOUND;
        IF EXISTS (SELECT FROM docket.tenant t WHERE t.id = current_tenant AND t.active) THEN
            earliest := least(earliest, at);
        ELSE
            current_queue := 'ffffffff-ffff-ffff-ffff-ffffffffffff';
        END IF;
    END LOOP;
    RETURN least(earliest, (
        SELECT l.look_at FROM docket.routing_lane l
        WHERE l.look_at IS NOT NULL AND l.tenant_id <> ALL (ARRAY(SELECT s.id FROM docket.tenant s WHERE NOT s.active)) ORDER BY l.look_at LIMIT 1));
END
$$;

SET LOCAL ROLE docket_owner;
REVOKE CREATE ON SCHEMA docket FROM docket_claim;
