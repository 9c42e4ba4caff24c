import Domain
import Store
import TestSupport
import Testing

/// What a part of the entries costs that follow an edit of their queue follows the part, wherever it lies.
@Suite struct FollowingPlanTests {
    @Test(arguments: [false, true]) func onlyThePartIsRead(isGeneric: Bool) async throws {
        try await TestDatabase.with { database in
            let tenant = try await TestTenant.make(in: database)
            let place = "'2026-01-01 10:00:00Z', '2026-01-01 10:00:00Z', '00000000-0000-0000-0000-000000000001'"
            for start in ["'0001-01-01 00:00:00Z', '0001-01-01 00:00:00Z', '00000000-0000-0000-0000-000000000000'", place] {
                let plan = try await database.sql(
                    """
                    SET session_replication_role = replica;
                    DELETE FROM docket.routing_entry;
                    INSERT INTO docket.routing_entry (tenant_id, ticket_id, queue_id, class_key, rank_at, eligible_at, priority, weight,
                            required_skills, required_levels, optional_skills, optional_ranks, ticket_version)
                        SELECT '\(tenant.id)', gen_random_uuid(), '\(tenant.queue)', 1, at, at, 3, 1, '{}', '{}', '{}', '{}', 1
                        FROM generate_series(1, 20000) n, LATERAL (SELECT '2026-01-01'::timestamptz + n * interval '3 s') t (at);
                    ANALYZE docket.routing_entry;
                    SET plan_cache_mode = \(isGeneric ? "force_generic_plan" : "force_custom_plan");
                    SET ROLE docket_dispatcher;
                    BEGIN;
                    SELECT docket.set_tenant('\(tenant.id)');
                    PREPARE part (uuid, uuid, timestamptz, timestamptz, uuid) AS \(LoadEntriesInOrder.sql);
                    EXPLAIN (ANALYZE, TIMING OFF, COSTS OFF) EXECUTE part ('\(tenant.id)', '\(tenant.queue)', \(start));
                    """
                ).compactMap(\.first)
                let scan = try #require(plan.first { $0.contains(" on routing_entry") }, "\(plan)")
                #expect(scan.contains("using routing_entry_front"), "\(plan)")
                #expect(!plan.contains { $0.contains("Rows Removed by Filter") || $0.contains("Sort") }, "\(plan)")
                let rows = try #require(scan.firstMatch(of: /rows=(\d+)(?:\.\d+)? loops=1/).flatMap { Int($0.1) })
                #expect(rows == LoadEntriesInOrder.limit, "\(plan)")
            }
        }
    }
}
