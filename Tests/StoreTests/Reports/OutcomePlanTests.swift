import Domain
import Store
import TestSupport
import Testing

/// A report reads the timers of its time, however many there are besides.
@Suite struct OutcomePlanTests {
    @Test(arguments: [false, true]) func onlyTheTimersOfTheTimeAreRead(isGeneric: Bool) async throws {
        try await TestDatabase.with { database in
            let tenant = try await TestTenant.make(in: database)
            let plan = try await database.sql(
                """
                SET session_replication_role = replica;
                INSERT INTO docket.ticket (tenant_id, id, number, version, last_seq, subject, description, type, channel, state, priority, created_at,
                        updated_at)
                    SELECT '\(tenant.id)', ('00000000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid, n, 1, 1, 'x', '', 'incident', 'api', 'closed', 3,
                        now(), now()
                    FROM generate_series(1, 20000) n;
                INSERT INTO docket.sla_timer (tenant_id, ticket_id, metric, instance, state, outcome, counted_at)
                    SELECT '\(tenant.id)', ('00000000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid, 'resolution', 1, 'met', 'met',
                        now() - n * interval '15 minutes'
                    FROM generate_series(1, 20000) n;
                ANALYZE docket.ticket; ANALYZE docket.sla_timer;
                SET plan_cache_mode = \(isGeneric ? "force_generic_plan" : "force_custom_plan");
                SET ROLE docket_api;
                BEGIN;
                SELECT docket.set_tenant('\(tenant.id)');
                PREPARE outcomes (uuid, timestamptz, timestamptz, timestamptz, timestamptz[], bool, bool, bool, bool, text, bigint) AS \(CountOutcomes.sql);
                EXPLAIN (ANALYZE, TIMING OFF, COSTS OFF)
                    EXECUTE outcomes ('\(tenant.id)', now() - interval '1 day', now(), now(), ARRAY[now() - interval '1 day'], true, true, true, true, NULL, 5001);
                """
            ).compactMap(\.first)
            let scan = try #require(plan.first { $0.contains("sla_timer_counted") }, "\(plan)")
            let rows = try #require(scan.firstMatch(of: /rows=(\d+) loops=1/).flatMap { Int($0.1) })
            #expect(rows <= 96, "\(plan)")
            #expect(!plan.contains { $0.contains("Seq Scan on sla_timer") || $0.contains("Seq Scan on ticket") }, "\(plan)")
        }
    }
}
