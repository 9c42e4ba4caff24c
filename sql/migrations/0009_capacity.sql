-- Capacity in full (routing.md C, F): channels with capacities of their own, ramp-up, wrap-up and rate limits; presence by channel; and agents who went
-- away with work in hand.

-- Channels are counted in the order of the CHECK of docket.ticket.channel: web, email, api, wecom, dingtalk, feishu, phone, qr, social, trigger. They are
-- part of the one hot row, because whoever waits for its lock must see the latest of all of it.
ALTER TABLE docket.agent_load
    -- Units; an element that is null is a channel without a capacity of its own, the whole null is an agent without any.
    ADD channel_capacities integer[],
    ADD channel_loads integer[] NOT NULL DEFAULT '{0,0,0,0,0,0,0,0,0,0}',
    -- Seconds for each further unit after coming online; 0 is none.
    ADD ramp_up_seconds integer NOT NULL DEFAULT 0 CHECK (ramp_up_seconds BETWEEN 0 AND 86400),
    -- Seconds of rest after a ticket was solved.
    ADD wrap_up_seconds integer NOT NULL DEFAULT 0 CHECK (wrap_up_seconds BETWEEN 0 AND 86400),
    ADD wrap_up_until timestamptz,
    -- At most so many assignments in so many minutes; null is no limit.
    ADD rate_assignments integer CHECK (rate_assignments BETWEEN 1 AND 1000),
    ADD rate_minutes integer CHECK (rate_minutes BETWEEN 1 AND 1440),
    -- The last rate_assignments of them, for agents with a limit.
    ADD recent_assignments timestamptz[] NOT NULL DEFAULT '{}',
    ADD CHECK ((rate_assignments IS NULL) = (rate_minutes IS NULL)),
    ADD CHECK (cardinality(channel_capacities) <= 10 AND cardinality(channel_loads) = 10);

UPDATE docket.agent_load l SET channel_loads = ARRAY(
    SELECT coalesce((
        SELECT sum(t.weight)::integer FROM docket.ticket t
        WHERE t.tenant_id = l.tenant_id AND t.assignee_id = l.agent_id AND t.channel = c.name AND t.state IN ('new', 'waiting_assignment', 'assigned', 'in_progress')), 0)
    FROM unnest(ARRAY['web', 'email', 'api', 'wecom', 'dingtalk', 'feishu', 'phone', 'qr', 'social', 'trigger']) WITH ORDINALITY AS c (name, place)
    ORDER BY c.place)
WHERE l.load > 0;

ALTER TABLE docket.agent_presence
    ADD channels_off text[] NOT NULL DEFAULT '{}',
    -- Whether the work of an agent who went away was looked after; false from his coming online on (routing.md F).
    ADD settled boolean NOT NULL DEFAULT false,
    -- When the shift ends in which the agent is now; null without shifts.
    ADD shift_ends_at timestamptz;

ALTER TABLE docket.routing_entry ADD channel text NOT NULL DEFAULT 'api';
UPDATE docket.routing_entry r SET channel = t.channel FROM docket.ticket t WHERE t.tenant_id = r.tenant_id AND t.id = r.ticket_id;

-- When a queue in which somebody waits is worth a look although nothing happens: a shift begins, a ramp-up, wrap-up or rate limit ends.
ALTER TABLE docket.routing_lane ADD look_at timestamptz;
CREATE INDEX routing_lane_look ON docket.routing_lane (look_at) WHERE look_at IS NOT NULL;

GRANT UPDATE (settled) ON docket.agent_presence TO docket_dispatcher;

SELECT docket.open_to_discovery('docket.routing_lane', 'docket_claim', 'tenant_id, queue_id, look_at');
SELECT docket.open_to_discovery('docket.agent_presence', 'docket_claim', 'tenant_id, agent_id, status, lease_until, settled, shift_ends_at');

GRANT CREATE ON SCHEMA docket TO docket_claim;
SET LOCAL ROLE docket_claim;

-- Queues that time alone makes worth a look by `until`: a waiting ticket reaches its next relaxation step (routing.md B), or the lane asks for it.
CREATE OR REPLACE FUNCTION docket.steps_due(until timestamptz, maximum integer)
    RETURNS TABLE (tenant_id uuid, queue_id uuid, plan_weight integer)
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, docket AS
$$
BEGIN
    RETURN QUERY
        SELECT DISTINCT d.tenant_id, d.queue_id, t.plan_weight
        FROM (
            (SELECT r.tenant_id, r.queue_id FROM docket.routing_entry r WHERE r.next_step_at <= until ORDER BY r.next_step_at LIMIT least(maximum, 10000))
            UNION ALL
            (SELECT l.tenant_id, l.queue_id FROM docket.routing_lane l WHERE l.look_at <= until ORDER BY l.look_at LIMIT least(maximum, 10000))
        ) d
        JOIN docket.tenant t ON t.id = d.tenant_id AND t.active;
END
$$;

CREATE OR REPLACE FUNCTION docket.next_step_at() RETURNS timestamptz
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, docket AS
$$
BEGIN
    RETURN least(
        (SELECT r.next_step_at FROM docket.routing_entry r WHERE r.next_step_at IS NOT NULL ORDER BY r.next_step_at LIMIT 1),
        (SELECT l.look_at FROM docket.routing_lane l WHERE l.look_at IS NOT NULL ORDER BY l.look_at LIMIT 1));
END
$$;

-- Agents who are gone with nobody having looked after their work: signed out, not heard of for `grace` seconds beyond their lease, or at the end of their
-- shift. A scan of a narrow table: an index on the lease would make every heartbeat write it.
CREATE FUNCTION docket.agents_gone(grace integer, maximum integer)
    RETURNS TABLE (tenant_id uuid, agent_id uuid)
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, docket AS
$$
DECLARE
    time CONSTANT timestamptz := docket.now();
BEGIN
    RETURN QUERY
        SELECT p.tenant_id, p.agent_id FROM docket.agent_presence p JOIN docket.tenant t ON t.id = p.tenant_id AND t.active
        WHERE NOT p.settled AND (p.status = 'offline' OR p.lease_until <= time - make_interval(secs => grace) OR p.shift_ends_at <= time)
        LIMIT least(maximum, 1000);
END
$$;

REVOKE EXECUTE ON FUNCTION docket.agents_gone(integer, integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION docket.agents_gone(integer, integer) TO docket_dispatcher;
SET LOCAL ROLE docket_owner;
REVOKE CREATE ON SCHEMA docket FROM docket_claim;
