import Domain
import Postgres
import Store
import TestSupport
import Testing

/// The plans that the cost of a pass rests on (scale: flat from a thousand to a million waiting tickets).
@Suite struct RoutingHeadPlanTests {
    /// 30,000 tickets of 20 classes wait; the scan uses `routing_entry_rank` and touches a few rows of each class, also before the table was analyzed.
    @Test(arguments: [false, true], [false, true]) func headsAreReadFromTheIndex(isGeneric: Bool, isAnalyzed: Bool) async throws {
        try await TestDatabase.with { database in
            let tenant = try await TestTenant.make(in: database)
            let plan = try await database.sql(
                """
                SET session_replication_role = replica;
                INSERT INTO docket.routing_entry (tenant_id, ticket_id, queue_id, class_key, rank_at, eligible_at, priority, weight,
                        required_skills, required_levels, optional_skills, optional_ranks, ticket_version)
                    SELECT '\(tenant.id)', gen_random_uuid(), '\(tenant.queue)', n % 20, now() + n * interval '1 ms', now(), 3, 1, '{}', '{}', '{}', '{}', 1
                    FROM generate_series(1, 30000) n;
                \(isAnalyzed ? "ANALYZE docket.routing_entry;" : "")
                SET plan_cache_mode = \(isGeneric ? "force_generic_plan" : "force_custom_plan");
                SET ROLE docket_dispatcher;
                BEGIN;
                SELECT docket.set_tenant('\(tenant.id)');
                PREPARE heads (uuid, uuid, bigint, bigint[], uuid[], bigint) AS \(LoadRoutingHeads.sql);
                EXPLAIN (ANALYZE, TIMING OFF, COSTS OFF) EXECUTE heads ('\(tenant.id)', '\(tenant.queue)', 50, '{}', '{}', -9223372036854775808);
                """
            ).compactMap(\.first)
            let scans = plan.filter { $0.contains(" on routing_entry") }
            #expect(!scans.isEmpty)
            #expect(scans.allSatisfy { $0.contains("using routing_entry_rank") }, "\(scans)")
            let rows = scans.compactMap { line -> Int? in
                guard let match = line.firstMatch(of: /rows=(\d+) loops=(\d+)/), let rows = Int(match.1), let loops = Int(match.2) else { return nil }
                return rows * loops
            }
            #expect(rows.count == scans.count)
            // 20 classes: one look each to find them, and the depth of each.
            let read = rows.reduce(0, +)
            let most = 20 + 1 + 20 * 6
            #expect(read <= most, "\(plan)")
        }
    }

    /// What comes behind is read from the same index.
    @Test(arguments: [false, true]) func furtherHeadsAreReadFromTheIndex(isAnalyzed: Bool) async throws {
        try await TestDatabase.with { database in
            let tenant = try await TestTenant.make(in: database)
            let plan = try await database.sql(
                """
                SET session_replication_role = replica;
                INSERT INTO docket.routing_entry (tenant_id, ticket_id, queue_id, class_key, rank_at, eligible_at, priority, weight,
                        required_skills, required_levels, optional_skills, optional_ranks, ticket_version)
                    SELECT '\(tenant.id)', gen_random_uuid(), '\(tenant.queue)', n % 20, now() + n * interval '1 ms', now(), 3, 1, '{}', '{}', '{}', '{}', 1
                    FROM generate_series(1, 30000) n;
                \(isAnalyzed ? "ANALYZE docket.routing_entry;" : "")
                SET ROLE docket_dispatcher;
                BEGIN;
                SELECT docket.set_tenant('\(tenant.id)');
                PREPARE further (uuid, uuid, bigint[], timestamptz[], timestamptz[], uuid[], bigint) AS \(LoadFurtherHeads.sql);
                EXPLAIN (ANALYZE, TIMING OFF, COSTS OFF) EXECUTE further ('\(tenant.id)', '\(tenant.queue)', '{3,4}', ARRAY[now(), now()], ARRAY[now(), now()],
                    ARRAY['\(tenant.id)', '\(tenant.id)']::uuid[], 8);
                """
            ).compactMap(\.first)
            let scans = plan.filter { $0.contains(" on routing_entry") }
            #expect(!scans.isEmpty && scans.allSatisfy { $0.contains("using routing_entry_rank") && $0.contains("rows=8 loops=2") }, "\(plan)")
        }
    }

    /// With a million signals handled page by page, a pass takes a bounded number of them.
    @Test func signalsAreTakenInBoundedNumbers() async throws {
        try await TestDatabase.with { database in
            let tenant = try await TestTenant.make(in: database)
            try await database.sql(
                """
                INSERT INTO docket.routing_signal SELECT '\(tenant.id)', '\(tenant.queue)', gen_random_uuid()
                FROM generate_series(1, \(TakeLane.signalLimit + 10))
                """
            )
            try await database.withClient(role: "docket_dispatcher") { client in
                let database = Database(client: client)
                var taken: [Int] = []
                for _ in 0..<3 {
                    var unit = TenantUnit(tenant.id)
                    let handle = unit.add(TakeLane(tenant: tenant.id, queue: tenant.queue))
                    let row = try #require(try await database.run(unit).first(handle))
                    #expect(row.isHeld && row.exists)
                    taken.append(row.signals)
                }
                #expect(taken == [TakeLane.signalLimit, 10, 0])
            }
        }
    }
}
