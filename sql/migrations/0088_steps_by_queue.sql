-- While little is due, what waits for a time is found in the order of these times. One tenant's thousands, or those of a suspended one, hide nobody else's: where
-- there are so many, the search goes from queue to queue.

-- squawk-ignore require-concurrent-index-creation -- upgrades stop the service, and the table holds no more than what waits
CREATE INDEX routing_entry_queue_step ON docket.routing_entry (tenant_id, queue_id, next_step_at) WHERE next_step_at IS NOT NULL;

GRANT CREATE ON SCHEMA docket TO docket_claim;
SET LOCAL ROLE docket_claim;

-- Queues in which something is due; where that is much, some of them twice. Where many tickets are due it is a loose index scan, whose cost follows the number of queues in which somebody waits
-- for a time. It begins at a tenant of chance, goes around, and visits so many queues at most: where there are more, each has its turn.
CREATE OR REPLACE FUNCTION docket.steps_due(until timestamptz, maximum integer)
    RETURNS TABLE (tenant_id uuid, queue_id uuid, plan_weight integer)
    LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, docket AS
$$
DECLARE
    suspended CONSTANT uuid[] := ARRAY(SELECT t.id FROM docket.tenant t WHERE NOT t.active);
    few CONSTANT integer := 1000;
    visits CONSTANT integer := 20000;
    lowest CONSTANT uuid := '00000000-0000-0000-0000-000000000000';
    highest CONSTANT uuid := 'ffffffff-ffff-ffff-ffff-ffffffffffff';
    first_tenant uuid;
    current_tenant uuid;
    current_queue uuid := lowest;
    is_around boolean := false;
    due_at timestamptz;
    weight integer;
    found_count integer := 0;
BEGIN
    IF (SELECT count(*) FROM (SELECT FROM docket.routing_entry r WHERE r.next_step_at <= until LIMIT few) d) < few THEN
        RETURN QUERY
            SELECT DISTINCT d.tenant_id, d.queue_id, t.plan_weight
            FROM (
                SELECT r.tenant_id, r.queue_id FROM docket.routing_entry r WHERE r.next_step_at <= until
                UNION ALL
                (SELECT l.tenant_id, l.queue_id FROM docket.routing_lane l
                WHERE l.look_at <= until AND l.tenant_id <> ALL (suspended) ORDER BY l.look_at LIMIT least(maximum, 10000))
            ) d
            JOIN docket.tenant t ON t.id = d.tenant_id AND t.active;
        RETURN;
    END IF;
    RETURN QUERY
        SELECT d.tenant_id, d.queue_id, t.plan_weight
        FROM (
            SELECT l.tenant_id, l.queue_id FROM docket.routing_lane l
            WHERE l.look_at <= until AND l.tenant_id <> ALL (suspended) ORDER BY l.look_at LIMIT least(maximum, 10000)
        ) d
        JOIN docket.tenant t ON t.id = d.tenant_id AND t.active;
    SELECT t.id INTO first_tenant FROM docket.tenant t WHERE t.active ORDER BY random() LIMIT 1;
    current_tenant := first_tenant;
    FOR visit IN 1..visits LOOP
        EXIT WHEN found_count >= least(maximum, 10000);
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
END
$$;

-- The first time to come, and none where something is due: that is found without it.
CREATE OR REPLACE FUNCTION docket.next_step_at() RETURNS timestamptz
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, docket AS
$$
DECLARE
    suspended CONSTANT uuid[] := ARRAY(SELECT t.id FROM docket.tenant t WHERE NOT t.active);
    -- Once: a function that may answer otherwise each time is no condition of an index.
    present CONSTANT timestamptz := docket.now();
BEGIN
    RETURN least(
        (SELECT r.next_step_at FROM docket.routing_entry r
        WHERE r.next_step_at > present AND r.tenant_id <> ALL (suspended) ORDER BY r.next_step_at LIMIT 1),
        (SELECT l.look_at FROM docket.routing_lane l
        WHERE l.look_at > present AND l.tenant_id <> ALL (suspended) ORDER BY l.look_at LIMIT 1));
END
$$;

SET LOCAL ROLE docket_owner;
REVOKE CREATE ON SCHEMA docket FROM docket_claim;
