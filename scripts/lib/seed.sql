-- What the benchmarks start from, made by SQL because the API would take minutes. Run as a superuser in a migrated database.

CREATE SCHEMA bench;

CREATE FUNCTION bench.tenant(i integer) RETURNS uuid LANGUAGE sql IMMUTABLE AS
$$ SELECT ('00000000-0000-7000-8000-' || lpad(to_hex(i), 12, '0'))::uuid $$;

CREATE FUNCTION bench.queue(i integer) RETURNS uuid LANGUAGE sql IMMUTABLE AS
$$ SELECT ('00000000-0000-7000-8001-' || lpad(to_hex(i), 12, '0'))::uuid $$;

CREATE FUNCTION bench.policy(i integer) RETURNS uuid LANGUAGE sql IMMUTABLE AS
$$ SELECT ('00000000-0000-7000-8002-' || lpad(to_hex(i), 12, '0'))::uuid $$;

CREATE FUNCTION bench.calendar(i integer) RETURNS uuid LANGUAGE sql IMMUTABLE AS
$$ SELECT ('00000000-0000-7000-8003-' || lpad(to_hex(i), 12, '0'))::uuid $$;

-- An id like those of processes: ordered by time.
CREATE FUNCTION bench.id7(at timestamptz) RETURNS uuid LANGUAGE sql VOLATILE AS
$$ SELECT (lpad(to_hex((extract(epoch FROM at) * 1000)::bigint), 12, '0') || '7' || substr(md5(random()::text), 1, 3) || '8' || substr(md5(random()::text), 1, 15))::uuid $$;

-- Tenants 0 … n-1 with a default queue, five skills and their share of the agents. Each agent is online for a day and holds three of the skills.
-- `promises`: '' for none, 'two' clocks in plain time, or 'all': every metric, by a calendar whose days are open in parts that touch.
CREATE FUNCTION bench.seed_tenants(n integer, agents integer, agent_capacity integer, promises text) RETURNS void LANGUAGE plpgsql AS
$$
DECLARE
    days CONSTANT text := '{"tz":"Asia/Shanghai","weekly":{' || (SELECT string_agg('"' || day || '":[["00:00","12:00"],["12:00","24:00"]]', ',')
        FROM unnest(ARRAY['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']) AS day) || '}}';
    calendar CONSTANT text := CASE promises WHEN 'all' THEN days ELSE '{"tz":"UTC","always_open":true}' END;
    others CONSTANT text[] := CASE promises WHEN 'all'
        THEN ARRAY['resolution', 'next_response', 'periodic_update', 'requester_wait', 'agent_work', 'group_ownership', 'stage', 'agent_inactivity'] ELSE ARRAY['resolution'] END;
    mode CONSTANT text := CASE promises WHEN 'all' THEN 'business' ELSE 'calendar' END;
    policy CONSTANT text := '{"name":"Standard","targets":[{"metric":"first_response","seconds":3600,"mode":"' || mode || '"},'
        || (SELECT string_agg('{"metric":"' || metric || '","seconds":86400,"mode":"' || mode || '"}', ',') FROM unnest(others) AS metric)
        || '],"warnings":[{"percent":75}]}';
BEGIN
    INSERT INTO docket.tenant (id, slug, name, created_at) SELECT bench.tenant(i), 'tenant-' || i, 'Tenant ' || i, docket.now() FROM generate_series(0, n - 1) i;
    INSERT INTO docket.tenant_configuration (tenant_id, version) SELECT bench.tenant(i), 1 FROM generate_series(0, n - 1) i;
    INSERT INTO docket.ticket_counter (tenant_id, next_number) SELECT bench.tenant(i), 1000003 FROM generate_series(0, n - 1) i;
    INSERT INTO docket.queue (tenant_id, id, name, is_default, created_at, updated_at)
        SELECT bench.tenant(i), bench.queue(i), 'Support', true, docket.now(), docket.now() FROM generate_series(0, n - 1) i;
    INSERT INTO docket.routing_lane (tenant_id, queue_id, overflow_seconds) SELECT bench.tenant(i), bench.queue(i), 0 FROM generate_series(0, n - 1) i;
    INSERT INTO docket.skill (tenant_id, id, key, name, created_at, updated_at)
        SELECT bench.tenant(i), gen_random_uuid(), 'skill-' || k, 'Skill ' || k, docket.now(), docket.now() FROM generate_series(0, n - 1) i, generate_series(0, 4) k;
    INSERT INTO docket.agent (tenant_id, id, name, email, created_at, updated_at)
        SELECT bench.tenant(a % n), bench.id7(now()), 'Agent ' || a, 'agent-' || a || '@example.com', docket.now(), docket.now() FROM generate_series(0, agents - 1) a;
    INSERT INTO docket.agent_load (tenant_id, agent_id, capacity) SELECT a.tenant_id, a.id, agent_capacity FROM docket.agent a;
    INSERT INTO docket.agent_presence (tenant_id, agent_id, status, online_since, lease_until)
        SELECT a.tenant_id, a.id, 'online', docket.now(), docket.now() + interval '1 day' FROM docket.agent a;
    INSERT INTO docket.queue_member (tenant_id, queue_id, agent_id) SELECT a.tenant_id, q.id, a.id FROM docket.agent a JOIN docket.queue q ON q.tenant_id = a.tenant_id;
    -- Every skill is held by every second agent of a tenant, the first by all: two agents are enough for every ticket.
    INSERT INTO docket.agent_skill (tenant_id, agent_id, skill_id, level)
        SELECT a.tenant_id, a.id, s.id, 1 + (a.place + k) % 4
        FROM (SELECT tenant_id, id, (row_number() OVER (PARTITION BY tenant_id ORDER BY id))::int AS place FROM docket.agent) a
        CROSS JOIN generate_series(0, 4) k JOIN docket.skill s ON s.tenant_id = a.tenant_id AND s.key = 'skill-' || k
        WHERE k = 0 OR (a.place + k) % 2 = 0;
    IF promises <> '' THEN
        INSERT INTO docket.calendar (tenant_id, id, name, definition, created_at, updated_at)
            SELECT bench.tenant(i), bench.calendar(i), 'Always', calendar::jsonb, docket.now(), docket.now() FROM generate_series(0, n - 1) i;
        INSERT INTO docket.calendar_version (tenant_id, calendar_id, version, definition, effective_from)
            SELECT c.tenant_id, c.id, 1, c.definition, c.created_at FROM docket.calendar c;
        INSERT INTO docket.sla_policy (tenant_id, id, name, position, definition, created_at, updated_at)
            SELECT bench.tenant(i), bench.policy(i), 'Standard', 1,
                policy::jsonb || CASE promises WHEN 'all' THEN jsonb_build_object('calendar_id', bench.calendar(i)) ELSE '{}' END, docket.now(), docket.now() FROM generate_series(0, n - 1) i;
        INSERT INTO docket.sla_policy_version (tenant_id, policy_id, version, definition, created_at)
            SELECT p.tenant_id, p.id, 1, p.definition, p.created_at FROM docket.sla_policy p;
    END IF;
    ANALYZE;
END
$$;

-- The rules of routing switched on that need nothing else: steps that have come, tiers, boosts, preferred agents, shifts that are open in parts that touch,
-- limits of each channel, wrap-ups, and ramp-ups that are over. Whoever could take a ticket still can.
CREATE FUNCTION bench.furnish() RETURNS void LANGUAGE plpgsql AS
$$
DECLARE
    shift CONSTANT jsonb := ('{"tz":"Asia/Shanghai","weekly":{' || (SELECT string_agg('"' || day || '":[["00:00","12:00"],["12:00","24:00"]]', ',')
        FROM unnest(ARRAY['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']) AS day) || '}}')::jsonb;
BEGIN
    UPDATE docket.queue SET steps = '[{"after":300,"tier":1},{"after":900,"tier":2},{"after":1800,"levels":-1}]', boost_minutes = 15, vip_boost_minutes = 60,
        sticky_days = 7, sticky_wait_seconds = 60;
    UPDATE docket.queue_member m SET tier = a.place % 3
        FROM (SELECT tenant_id, id, row_number() OVER (PARTITION BY tenant_id ORDER BY id) AS place FROM docket.agent) a WHERE a.tenant_id = m.tenant_id AND a.id = m.agent_id;
    INSERT INTO docket.calendar (tenant_id, id, name, definition, created_at, updated_at)
        SELECT t.id, gen_random_uuid(), 'Shift', shift, docket.now(), docket.now() FROM docket.tenant t;
    INSERT INTO docket.calendar_version (tenant_id, calendar_id, version, definition, effective_from)
        SELECT c.tenant_id, c.id, 1, c.definition, c.created_at FROM docket.calendar c WHERE c.name = 'Shift';
    UPDATE docket.agent a SET calendar_id = c.id FROM docket.calendar c WHERE c.tenant_id = a.tenant_id AND c.name = 'Shift';
    UPDATE docket.agent_load SET channel_capacities = array_fill(1000, ARRAY[10]), wrap_up_seconds = 30, ramp_up_seconds = 1;
    UPDATE docket.agent_presence SET online_since = docket.now() - interval '1 hour';
    UPDATE docket.tenant_configuration SET version = version + 1;
    ANALYZE;
END
$$;

-- n waiting tickets, spread evenly over the tenants, of twenty kinds of requirements in four priorities; one signal a queue.
CREATE FUNCTION bench.seed_tickets(n integer, tenants integer) RETURNS void LANGUAGE plpgsql AS
$$
DECLARE
    start CONSTANT timestamptz := now() - interval '1 hour';
BEGIN
    CREATE TEMP TABLE seeded ON COMMIT DROP AS
        SELECT i, i % tenants AS t, bench.tenant(i % tenants) AS tenant_id, bench.id7(start + i * interval '1 millisecond') AS id, start + i * interval '1 millisecond' AS at,
            (1 + (i / tenants) % 4)::smallint AS priority, (i / tenants / 4) % 5 AS kind
        FROM generate_series(0, n - 1) i;
    CREATE TEMP TABLE wanted ON COMMIT DROP AS
        SELECT s.tenant_id, k.kind, CASE WHEN k.kind = 0 THEN '{}' ELSE array_agg(s.id ORDER BY s.id) FILTER (WHERE s.key IN ('skill-0', 'skill-' || k.kind)) END AS required,
            CASE WHEN k.kind < 3 THEN '{}' ELSE array_agg(s.id ORDER BY s.id) FILTER (WHERE s.key = 'skill-' || (k.kind - 2)) END AS optional
        FROM docket.skill s CROSS JOIN generate_series(0, 4) AS k (kind) GROUP BY s.tenant_id, k.kind;
    CREATE INDEX ON wanted (tenant_id, kind);
    ANALYZE seeded;
    ANALYZE wanted;
    INSERT INTO docket.ticket (tenant_id, id, number, version, last_seq, subject, description, type, channel, state, priority, queue_id,
            required_skills, required_levels, optional_skills, optional_ranks, eligible_at, created_at, updated_at)
        SELECT s.tenant_id, s.id, 1 + s.i / tenants, 1, 2, 'The printer on floor 3 is on fire', 'It began this morning.', 'incident', 'api', 'waiting_assignment', s.priority, bench.queue(s.t),
            w.required, array_fill(1::smallint, ARRAY[cardinality(w.required)]), w.optional, array_fill(1::smallint, ARRAY[cardinality(w.optional)]), s.at, s.at, s.at
        FROM seeded s JOIN wanted w ON w.tenant_id = s.tenant_id AND w.kind = s.kind ORDER BY s.i;
    INSERT INTO docket.routing_entry (tenant_id, ticket_id, queue_id, class_key, rank_at, eligible_at, priority, weight, required_skills, required_levels, optional_skills, optional_ranks, ticket_version)
        SELECT t.tenant_id, t.id, t.queue_id, s.priority * 10 + s.kind, t.created_at - (4 - t.priority) * interval '4 hours', t.created_at, t.priority, 1,
            t.required_skills, t.required_levels, t.optional_skills, t.optional_ranks, 1
        FROM seeded s JOIN docket.ticket t ON t.tenant_id = s.tenant_id AND t.id = s.id ORDER BY s.i;
    INSERT INTO docket.routing_signal (tenant_id, queue_id, id) SELECT bench.tenant(t), bench.queue(t), gen_random_uuid() FROM generate_series(0, tenants - 1) t;
END
$$;

-- A time as the ledger writes it.
CREATE FUNCTION bench.instant(at timestamptz) RETURNS text LANGUAGE sql IMMUTABLE AS
$$ SELECT to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') $$;

-- A tenant's first ticket's ledger, cut at every time: pieces of text, and what follows each, as time since the ticket came.
CREATE FUNCTION bench.pieces(ledger text, since timestamptz) RETURNS TABLE (place bigint, piece text, shift interval) LANGUAGE sql AS
$$
    SELECT p.place, p.piece, t.at[1]::timestamptz - since
    FROM regexp_split_to_table(ledger, '\d{4}-\d\d-\d\dT[0-9:.]+Z') WITH ORDINALITY AS p (piece, place)
    LEFT JOIN regexp_matches(ledger, '\d{4}-\d\d-\d\dT[0-9:.]+Z', 'g') WITH ORDINALITY AS t (at, place) ON t.place = p.place
$$;

-- n tickets like the first of tenant 0, which an API made, with its clocks, spread over the tenants: created at `start`, then each `step` later.
CREATE FUNCTION bench.seed_armed(n integer, tenants integer, start timestamptz, step interval) RETURNS void LANGUAGE plpgsql AS
$$
DECLARE
    model docket.ticket;
    base bigint;
BEGIN
    SELECT * INTO model FROM docket.ticket WHERE tenant_id = bench.tenant(0) AND number = 1000003;
    SELECT coalesce(max(number), 0) INTO base FROM docket.ticket WHERE number < 1000000 OR number > 10000000;
    base := greatest(base, 10000000);
    CREATE TEMP TABLE armed ON COMMIT DROP AS
        SELECT bench.tenant(i % tenants) AS tenant_id, bench.policy(i % tenants) AS policy, bench.calendar(i % tenants) AS calendar, bench.queue(i % tenants) AS queue_id, bench.id7(clock_timestamp()) AS id,
            base + 1 + i AS number, date_trunc('milliseconds', start + i * step) AS at
        FROM generate_series(0, n - 1) i;
    CREATE TEMP TABLE piece ON COMMIT DROP AS
        SELECT p.* FROM docket.sla_ledger l, bench.pieces(l.document::text, model.created_at) p WHERE l.tenant_id = model.tenant_id AND l.ticket_id = model.id;
    INSERT INTO docket.ticket (tenant_id, id, number, version, last_seq, subject, description, type, channel, state, priority, queue_id, eligible_at, created_at, updated_at)
        SELECT a.tenant_id, a.id, a.number, 1, 1, model.subject, model.description, model.type, model.channel, 'in_progress', model.priority, a.queue_id, a.at, a.at, a.at FROM armed a;
    INSERT INTO docket.sla_timer (tenant_id, ticket_id, metric, instance, state, outcome, counted_at, next_fire_at, due_at, breach_at)
        SELECT a.tenant_id, a.id, t.metric, t.instance, t.state, t.outcome, a.at + (t.counted_at - model.created_at), a.at + (t.next_fire_at - model.created_at), a.at + (t.due_at - model.created_at), a.at + (t.breach_at - model.created_at)
        FROM armed a CROSS JOIN docket.sla_timer t WHERE t.tenant_id = model.tenant_id AND t.ticket_id = model.id;
    INSERT INTO docket.sla_ledger (tenant_id, ticket_id, document)
        SELECT a.tenant_id, a.id, replace(replace(
            (SELECT string_agg(p.piece || coalesce(bench.instant(a.at + p.shift), ''), '' ORDER BY p.place) FROM piece p),
            bench.policy(0)::text, a.policy::text), bench.calendar(0)::text, a.calendar::text)::json
        FROM armed a;
END
$$;
