-- What the benchmarks start from, made by SQL because the API would take minutes. Run as a superuser in a migrated database.

CREATE SCHEMA bench;

CREATE FUNCTION bench.tenant(i integer) RETURNS uuid LANGUAGE sql IMMUTABLE AS
$$ SELECT ('00000000-0000-7000-8000-' || lpad(to_hex(i), 12, '0'))::uuid $$;

CREATE FUNCTION bench.queue(i integer) RETURNS uuid LANGUAGE sql IMMUTABLE AS
$$ SELECT ('00000000-0000-7000-8001-' || lpad(to_hex(i), 12, '0'))::uuid $$;

-- An id like those of processes: ordered by time.
CREATE FUNCTION bench.id7(at timestamptz) RETURNS uuid LANGUAGE sql VOLATILE AS
$$ SELECT (lpad(to_hex((extract(epoch FROM at) * 1000)::bigint), 12, '0') || '7' || substr(md5(random()::text), 1, 3) || '8' || substr(md5(random()::text), 1, 15))::uuid $$;

-- Tenants 0 … n-1 with a default queue, five skills and their share of the agents. Each agent is online for a day and holds two or three of the skills.
CREATE FUNCTION bench.seed_tenants(n integer, agents integer, agent_capacity integer, with_policy boolean) RETURNS void LANGUAGE plpgsql AS
$$
DECLARE
    calendar CONSTANT text := '{"tz":"UTC","always_open":true}';
    policy CONSTANT text := '{"name":"Standard","targets":[{"metric":"first_response","seconds":3600,"mode":"calendar"},'
        '{"metric":"resolution","seconds":86400,"mode":"calendar"}],"warnings":[{"percent":75}]}';
BEGIN
    INSERT INTO docket.tenant (id, slug, name, created_at) SELECT bench.tenant(i), 'tenant-' || i, 'Tenant ' || i, docket.now() FROM generate_series(0, n - 1) i;
    INSERT INTO docket.tenant_configuration (tenant_id, version) SELECT bench.tenant(i), 1 FROM generate_series(0, n - 1) i;
    INSERT INTO docket.ticket_counter (tenant_id, next_number) SELECT bench.tenant(i), 1000003 FROM generate_series(0, n - 1) i;
    INSERT INTO docket.queue (tenant_id, id, name, is_default, created_at, updated_at)
        SELECT bench.tenant(i), bench.queue(i), 'Support', true, docket.now(), docket.now() FROM generate_series(0, n - 1) i;
    INSERT INTO docket.routing_lane (tenant_id, queue_id) SELECT bench.tenant(i), bench.queue(i) FROM generate_series(0, n - 1) i;
    INSERT INTO docket.skill (tenant_id, id, key, name, created_at, updated_at)
        SELECT bench.tenant(i), gen_random_uuid(), 'skill-' || k, 'Skill ' || k, docket.now(), docket.now() FROM generate_series(0, n - 1) i, generate_series(0, 4) k;
    INSERT INTO docket.agent (tenant_id, id, name, email, created_at, updated_at)
        SELECT bench.tenant(a % n), bench.id7(now()), 'Agent ' || a, 'agent-' || a || '@example.com', docket.now(), docket.now() FROM generate_series(0, agents - 1) a;
    INSERT INTO docket.agent_load (tenant_id, agent_id, capacity) SELECT a.tenant_id, a.id, agent_capacity FROM docket.agent a;
    INSERT INTO docket.agent_presence (tenant_id, agent_id, status, online_since, lease_until)
        SELECT a.tenant_id, a.id, 'online', docket.now(), docket.now() + interval '1 day' FROM docket.agent a;
    INSERT INTO docket.queue_member (tenant_id, queue_id, agent_id) SELECT a.tenant_id, q.id, a.id FROM docket.agent a JOIN docket.queue q ON q.tenant_id = a.tenant_id;
    INSERT INTO docket.agent_skill (tenant_id, agent_id, skill_id, level)
        SELECT a.tenant_id, a.id, s.id, 1 + (hashtext(a.id::text || s.id::text) & 3)
        FROM docket.agent a JOIN docket.skill s ON s.tenant_id = a.tenant_id WHERE hashtext(s.id::text || a.id::text) & 1 = 0 OR s.key = 'skill-0';
    IF with_policy THEN
        INSERT INTO docket.calendar (tenant_id, id, name, definition, created_at, updated_at)
            SELECT bench.tenant(i), gen_random_uuid(), 'Always', calendar::jsonb, docket.now(), docket.now() FROM generate_series(0, n - 1) i;
        INSERT INTO docket.calendar_version (tenant_id, calendar_id, version, definition, effective_from)
            SELECT c.tenant_id, c.id, 1, c.definition, c.created_at FROM docket.calendar c;
        INSERT INTO docket.sla_policy (tenant_id, id, name, position, definition, created_at, updated_at)
            SELECT bench.tenant(i), gen_random_uuid(), 'Standard', 1, policy::jsonb, docket.now(), docket.now() FROM generate_series(0, n - 1) i;
        INSERT INTO docket.sla_policy_version (tenant_id, policy_id, version, definition, created_at)
            SELECT p.tenant_id, p.id, 1, p.definition, p.created_at FROM docket.sla_policy p;
    END IF;
    ANALYZE;
END
$$;
