import Domain
import Store
import TestSupport
import Testing

/// What an overflow costs follows the tickets that move, not those that wait.
@Suite struct OverflowPlanTests {
    @Test(arguments: [false, true]) func onlyOverdueEntriesAreRead(isGeneric: Bool) async throws {
        try await TestDatabase.with { database in
            let tenant = try await TestTenant.make(in: database)
            let plan = try await database.sql(
                """
                SET session_replication_role = replica;
                INSERT INTO docket.routing_entry (tenant_id, ticket_id, queue_id, class_key, rank_at, eligible_at, priority, weight,
                        required_skills, required_levels, optional_skills, optional_ranks, ticket_version, overflow_at)
                    SELECT '\(tenant.id)', gen_random_uuid(), '\(tenant.queue)', 1, now(), now(), 3, 1, '{}', '{}', '{}', '{}', 1, now() + (n - 100) * interval '1 s'
                    FROM generate_series(1, 20000) n;
                INSERT INTO docket.ticket (tenant_id, id, number, version, last_seq, subject, description, type, channel, state, priority, queue_id,
                        created_at, updated_at)
                    SELECT tenant_id, ticket_id, row_number() OVER (), 1, 1, 'x', '', 'incident', 'api', 'waiting_assignment', 3, queue_id, now(), now()
                    FROM docket.routing_entry;
                ANALYZE docket.routing_entry, docket.ticket;
                SET plan_cache_mode = \(isGeneric ? "force_generic_plan" : "force_custom_plan");
                SET ROLE docket_dispatcher;
                BEGIN;
                SELECT docket.set_tenant('\(tenant.id)');
                PREPARE overflowing (uuid, uuid) AS \(LockOverflowing.sql);
                EXPLAIN (ANALYZE, TIMING OFF, COSTS OFF) EXECUTE overflowing ('\(tenant.id)', '\(tenant.queue)');
                """
            ).compactMap(\.first)
            let scan = try #require(plan.first { $0.contains(" on routing_entry") }, "\(plan)")
            #expect(scan.contains("using routing_entry_overflow"), "\(plan)")
            let rows = try #require(scan.firstMatch(of: /rows=(\d+) loops=1/).flatMap { Int($0.1) })
            #expect(rows <= LockOverflowing.limit, "\(plan)")
        }
    }
}
