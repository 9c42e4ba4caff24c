-- Discovery sees tenants, work sees one tenant (design.md 3). These functions look across tenants and return ids, counts and times, never content.
-- Each belongs to docket_claim, which can read just the columns opened to it.

SELECT docket.open_to_discovery('docket.routing_signal', 'docket_claim', 'tenant_id, queue_id');
SELECT docket.open_to_discovery('docket.routing_entry', 'docket_claim', 'tenant_id, queue_id, next_step_at, eligible_at');
SELECT docket.open_to_discovery('docket.sla_timer', 'docket_claim', 'tenant_id, ticket_id, next_fire_at');
SELECT docket.open_to_discovery('docket.escalation_run', 'docket_claim', 'tenant_id, id, next_fire_at');
SELECT docket.open_to_discovery('docket.idempotency_record', 'docket_claim', 'tenant_id, created_at');
SELECT docket.open_to_discovery('docket.outbox', 'docket_claim', 'tenant_id, lane, next_attempt_at');
GRANT SELECT (id, slug, plan_weight, active) ON docket.tenant TO docket_claim;
GRANT SELECT (hash, id, tenant_id, scopes, agent_id, expires_at, revoked_at) ON docket.api_key TO docket_claim;

-- Whose key this is. Only an exact hash finds a row; a revoked, expired or suspended one finds none.
CREATE FUNCTION docket.authenticate(key_hash bytea)
    RETURNS TABLE (tenant_id uuid, key_id uuid, scopes text[], agent_id uuid, expires_at timestamptz)
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, docket AS
$$
BEGIN
    RETURN QUERY
        SELECT k.tenant_id, k.id, k.scopes, k.agent_id, k.expires_at
        FROM docket.api_key k JOIN docket.tenant t ON t.id = k.tenant_id
        WHERE k.hash = key_hash AND t.active AND k.revoked_at IS NULL AND (k.expires_at IS NULL OR k.expires_at > clock_timestamp());
END
$$;

-- The queues with something to route, in the order of tenant and queue after (after_tenant, after_queue), with the tenants' plan weights. A loose
-- index scan: its cost follows the number of queues found, not of tickets waiting.
CREATE FUNCTION docket.lanes_to_route(after_tenant uuid, after_queue uuid, maximum integer)
    RETURNS TABLE (tenant_id uuid, queue_id uuid, plan_weight integer)
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, docket AS
$$
DECLARE
    current_tenant uuid := after_tenant;
    current_queue uuid := after_queue;
    found_count integer := 0;
BEGIN
    WHILE found_count < least(maximum, 10000) LOOP
        SELECT s.tenant_id, s.queue_id INTO current_tenant, current_queue FROM docket.routing_signal s
        WHERE (s.tenant_id, s.queue_id) > (current_tenant, current_queue) ORDER BY s.tenant_id, s.queue_id LIMIT 1;
        EXIT WHEN NOT FOUND;
        SELECT current_tenant, current_queue, t.plan_weight INTO tenant_id, queue_id, plan_weight
        FROM docket.tenant t WHERE t.id = current_tenant AND t.active;
        IF FOUND THEN
            found_count := found_count + 1;
            RETURN NEXT;
        END IF;
    END LOOP;
END
$$;

-- Queues in which a waiting ticket reaches its next relaxation step by `until` (routing.md B).
CREATE FUNCTION docket.steps_due(until timestamptz, maximum integer)
    RETURNS TABLE (tenant_id uuid, queue_id uuid, plan_weight integer)
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, docket AS
$$
BEGIN
    RETURN QUERY
        SELECT DISTINCT d.tenant_id, d.queue_id, t.plan_weight
        FROM (SELECT r.tenant_id, r.queue_id FROM docket.routing_entry r WHERE r.next_step_at <= until ORDER BY r.next_step_at LIMIT least(maximum, 10000)) d
        JOIN docket.tenant t ON t.id = d.tenant_id AND t.active;
END
$$;

CREATE FUNCTION docket.next_step_at() RETURNS timestamptz
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, docket AS
$$
BEGIN
    RETURN (SELECT r.next_step_at FROM docket.routing_entry r WHERE r.next_step_at IS NOT NULL ORDER BY r.next_step_at LIMIT 1);
END
$$;

-- Tenants with timers or escalation levels due by `until`, with how many rows of each were seen. While little is due, all of it is read and the longest
-- overdue come first. Beyond that it is a loose index scan, whose cost follows the number of tenants and not of rows: one tenant's backlog hides nobody.
CREATE FUNCTION docket.tenants_due(until timestamptz, maximum integer)
    RETURNS TABLE (tenant_id uuid, due bigint)
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, docket AS
$$
DECLARE
    few CONSTANT integer := 1000;
    found_count integer := 0;
    due_at timestamptz;
BEGIN
    due := (SELECT count(*) FROM (SELECT FROM docket.sla_timer t WHERE t.next_fire_at <= until LIMIT few) x)
        + (SELECT count(*) FROM (SELECT FROM docket.escalation_run e WHERE e.next_fire_at <= until LIMIT few) x);
    IF due = 0 THEN
        RETURN;
    ELSIF due < few THEN
        RETURN QUERY
            SELECT d.tenant_id, count(*)
            FROM (
                SELECT t.tenant_id, t.next_fire_at FROM docket.sla_timer t WHERE t.next_fire_at <= until
                UNION ALL
                SELECT e.tenant_id, e.next_fire_at FROM docket.escalation_run e WHERE e.next_fire_at <= until
            ) d
            GROUP BY d.tenant_id ORDER BY min(d.next_fire_at), d.tenant_id LIMIT maximum;
        RETURN;
    END IF;
    due := 1;
    tenant_id := '00000000-0000-0000-0000-000000000000';
    WHILE found_count < maximum LOOP
        SELECT t.tenant_id, t.next_fire_at INTO tenant_id, due_at FROM docket.sla_timer t
        WHERE t.tenant_id > tenants_due.tenant_id AND t.next_fire_at IS NOT NULL ORDER BY t.tenant_id, t.next_fire_at LIMIT 1;
        EXIT WHEN NOT FOUND;
        IF due_at <= until THEN
            found_count := found_count + 1;
            RETURN NEXT;
        END IF;
    END LOOP;
    tenant_id := '00000000-0000-0000-0000-000000000000';
    WHILE found_count < 2 * maximum LOOP
        SELECT e.tenant_id, e.next_fire_at INTO tenant_id, due_at FROM docket.escalation_run e
        WHERE e.tenant_id > tenants_due.tenant_id AND e.next_fire_at IS NOT NULL ORDER BY e.tenant_id, e.next_fire_at LIMIT 1;
        EXIT WHEN NOT FOUND;
        IF due_at <= until THEN
            found_count := found_count + 1;
            RETURN NEXT;
        END IF;
    END LOOP;
END
$$;

-- When the next timer or escalation level is due; null when nothing is armed.
CREATE FUNCTION docket.next_fire_at() RETURNS timestamptz
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, docket AS
$$
BEGIN
    RETURN least(
        (SELECT t.next_fire_at FROM docket.sla_timer t WHERE t.next_fire_at IS NOT NULL ORDER BY t.next_fire_at LIMIT 1),
        (SELECT e.next_fire_at FROM docket.escalation_run e WHERE e.next_fire_at IS NOT NULL ORDER BY e.next_fire_at LIMIT 1));
END
$$;

-- Tenants that keep idempotency records from before `until`: a loose index scan, like lanes_to_deliver.
CREATE FUNCTION docket.tenants_to_purge(until timestamptz, maximum integer)
    RETURNS TABLE (tenant_id uuid)
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, docket AS
$$
DECLARE
    found_count integer := 0;
    made_at timestamptz;
BEGIN
    tenant_id := '00000000-0000-0000-0000-000000000000';
    WHILE found_count < least(maximum, 10000) LOOP
        SELECT r.tenant_id, r.created_at INTO tenant_id, made_at FROM docket.idempotency_record r
        WHERE r.tenant_id > tenants_to_purge.tenant_id ORDER BY r.tenant_id, r.created_at LIMIT 1;
        EXIT WHEN NOT FOUND;
        IF made_at < until THEN
            found_count := found_count + 1;
            RETURN NEXT;
        END IF;
    END LOOP;
END
$$;

-- Receivers with something to deliver by `until`, in the order of tenant and lane after (after_tenant, after_lane), with their oldest due time. A loose
-- index scan: its cost follows the number of receivers, not of rows, so that one receiver's backlog hides nobody else's.
CREATE FUNCTION docket.lanes_to_deliver(until timestamptz, after_tenant uuid, after_lane uuid, maximum integer)
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
        IF due_at <= until THEN
            found_count := found_count + 1;
            RETURN NEXT;
        END IF;
    END LOOP;
END
$$;

-- When the next row becomes due after `after`: what is due already is found by lanes_to_deliver.
CREATE FUNCTION docket.next_delivery_at(after timestamptz) RETURNS timestamptz
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, docket AS
$$
BEGIN
    RETURN (SELECT o.next_attempt_at FROM docket.outbox o WHERE o.next_attempt_at > after ORDER BY o.next_attempt_at LIMIT 1);
END
$$;

-- How much waits, for metrics and autoscaling: numbers only. Counting stops at 100,000 a kind.
CREATE FUNCTION docket.backlog()
    RETURNS TABLE (kind text, waiting bigint, oldest timestamptz)
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, docket AS
$$
BEGIN
    RETURN QUERY SELECT 'routing', count(*), min(r.eligible_at) FROM (SELECT e.eligible_at FROM docket.routing_entry e LIMIT 100000) r;
    RETURN QUERY SELECT 'timers_overdue', count(*), min(t.next_fire_at)
        FROM (SELECT s.next_fire_at FROM docket.sla_timer s WHERE s.next_fire_at <= docket.now() LIMIT 100000) t;
    RETURN QUERY SELECT 'outbox', count(*), min(o.next_attempt_at) FROM (SELECT b.next_attempt_at FROM docket.outbox b LIMIT 100000) o;
END
$$;

DO $ownership$
DECLARE
    signature text;
BEGIN
    GRANT CREATE ON SCHEMA docket TO docket_claim;
    FOREACH signature IN ARRAY ARRAY['authenticate(bytea)', 'lanes_to_route(uuid, uuid, integer)', 'steps_due(timestamptz, integer)', 'next_step_at()',
        'tenants_due(timestamptz, integer)', 'next_fire_at()', 'tenants_to_purge(timestamptz, integer)', 'lanes_to_deliver(timestamptz, uuid, uuid, integer)', 'next_delivery_at(timestamptz)', 'backlog()'] LOOP
        EXECUTE format('ALTER FUNCTION docket.%s OWNER TO docket_claim', signature);
    END LOOP;
    REVOKE CREATE ON SCHEMA docket FROM docket_claim;
END
$ownership$;

-- Granting needs the functions' owner.
SET LOCAL ROLE docket_claim;
GRANT EXECUTE ON FUNCTION docket.authenticate(bytea) TO docket_api;
GRANT EXECUTE ON FUNCTION docket.lanes_to_route(uuid, uuid, integer), docket.steps_due(timestamptz, integer), docket.next_step_at() TO docket_dispatcher;
GRANT EXECUTE ON FUNCTION docket.tenants_due(timestamptz, integer), docket.next_fire_at(), docket.tenants_to_purge(timestamptz, integer)
    TO docket_scheduler;
GRANT EXECUTE ON FUNCTION docket.lanes_to_deliver(timestamptz, uuid, uuid, integer), docket.next_delivery_at(timestamptz) TO docket_courier;
GRANT EXECUTE ON FUNCTION docket.backlog() TO docket_api, docket_dispatcher, docket_scheduler, docket_courier;
SET LOCAL ROLE docket_owner;
