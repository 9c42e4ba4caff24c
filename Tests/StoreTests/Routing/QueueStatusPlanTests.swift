import Domain
import Store
import TestSupport
import Testing

/// Looking at a queue costs a bounded number of rows, however much waits and however many clocks run.
@Suite struct QueueStatusPlanTests {
    @Test(arguments: [false, true]) func itReadsABoundedPart(isGeneric: Bool) async throws {
        try await TestDatabase.with { database in
            let tenant = try await TestTenant.make(in: database)
            let plan = try await database.sql(
                """
                SET session_replication_role = replica;
                INSERT INTO docket.ticket (tenant_id, id, number, version, last_seq, subject, description, type, channel, state, priority, queue_id,
                        created_at, updated_at)
                    SELECT '\(tenant.id)', gen_random_uuid(), n, 1, 1, 'x', '', 'incident', 'api', 'waiting_assignment', 3, '\(tenant.queue)', now(), now()
                    FROM generate_series(1, 30000) n;
                INSERT INTO docket.routing_entry (tenant_id, ticket_id, queue_id, class_key, rank_at, eligible_at, priority, weight,
                        required_skills, required_levels, optional_skills, optional_ranks, ticket_version)
                    SELECT tenant_id, id, queue_id, 1, now(), now(), 3, 1, '{}', '{}', '{}', '{}', 1 FROM docket.ticket;
                INSERT INTO docket.sla_timer (tenant_id, ticket_id, metric, instance, state, next_fire_at, due_at, breach_at)
                    SELECT tenant_id, id, 'resolution', 1, 'running', now() + number * interval '1 min', now() + number * interval '1 min',
                        now() + number * interval '1 min'
                    FROM docket.ticket;
                ANALYZE docket.routing_entry, docket.ticket, docket.sla_timer;
                SET plan_cache_mode = \(isGeneric ? "force_generic_plan" : "force_custom_plan");
                SET ROLE docket_api;
                BEGIN;
                SELECT docket.set_tenant('\(tenant.id)');
                PREPARE status (uuid, uuid) AS \(LoadQueueStatus.sql);
                EXPLAIN (ANALYZE, TIMING OFF, COSTS OFF) EXECUTE status ('\(tenant.id)', '\(tenant.queue)');
                """
            ).compactMap(\.first)
            let entries = try #require(plan.first { $0.contains(" on routing_entry") }, "\(plan)")
            #expect(entries.contains("using routing_entry_front"), "\(plan)")
            // Either order serves; with one tenant alone they are the same.
            let clocks = try #require(plan.first { $0.contains("sla_timer_due") || $0.contains("sla_timer_next") }, "\(plan)")
            for scan in [entries, clocks] {
                let rows = try #require(scan.firstMatch(of: /rows=(\d+) loops=1/).flatMap { Int($0.1) })
                #expect(rows <= QueueStatus.countLimit, "\(plan)")
            }
        }
    }
}
