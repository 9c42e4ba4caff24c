"""Tickets that go straight into the tables, in the API's form, at a steady rate: for benchmarks in which the API is not what is measured."""

# n tickets of one tenant, as the API would write them, and a wake-up.
POUR = """
    CREATE FUNCTION bench.pour(n integer, tenant integer) RETURNS void LANGUAGE plpgsql AS $$
    DECLARE
        base bigint;
    BEGIN
        UPDATE docket.ticket_counter SET next_number = next_number + n WHERE tenant_id = bench.tenant(tenant) RETURNING next_number - n INTO base;
        CREATE TEMP TABLE IF NOT EXISTS poured (id uuid, number bigint) ON COMMIT DELETE ROWS;
        INSERT INTO poured SELECT bench.id7(clock_timestamp()), base + i FROM generate_series(0, n - 1) i;
        INSERT INTO docket.ticket (tenant_id, id, number, version, last_seq, subject, description, type, channel, state, priority, queue_id, eligible_at, created_at, updated_at)
            SELECT bench.tenant(tenant), id, number, 1, 2, 'A flood', '', 'incident', 'api', 'waiting_assignment', 3, bench.queue(tenant), now(), now(), now() FROM poured;
        INSERT INTO docket.routing_entry (tenant_id, ticket_id, queue_id, class_key, rank_at, eligible_at, priority, weight, required_skills, required_levels, optional_skills, optional_ranks, ticket_version)
            SELECT bench.tenant(tenant), id, bench.queue(tenant), 3, now(), now(), 3, 1, '{}', '{}', '{}', '{}', 1 FROM poured;
        INSERT INTO docket.routing_signal (tenant_id, queue_id, id) VALUES (bench.tenant(tenant), bench.queue(tenant), gen_random_uuid());
        PERFORM pg_notify('docket_routing', '');
    END $$"""


def prepare(desk):
    desk.sql(POUR)


def pour(desk, rate, seconds, tenants):
    """`rate` tickets a second over all `tenants` (indexes), in parts of a tenth of a second on one connection; returns when all are in."""
    part = rate // 10
    text = f"\\set tenant {tenants[0]} + :n % {len(tenants)}\n\\set n :n + 1\nSELECT bench.pour({part}, :tenant);\n"
    desk.server.pgbench(text, 1, seconds + 60, desk.database, variables={"n": 0}, extra=("-R", "10"), transactions=seconds * 10)
