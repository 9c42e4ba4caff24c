import Domain
import Store
import TestSupport
import Testing

/// What a claim costs follows the rows that it takes, not those that wait.
@Suite struct ClaimPlanTests {
    /// 20,000 rows of one lane and 10,000 of a hundred others are overdue; of the one, thousands at both ends were delivered and are dead.
    @Test(arguments: [false, true]) func bothEndsOfALaneAreReadFromItsIndex(isGeneric: Bool) async throws {
        try await TestDatabase.with { database in
            let tenant = try await TestTenant.make(in: database)
            let (lane, other) = (WebhookEndpointID(high: 1, low: 50), WebhookEndpointID(high: 1, low: 51))
            let claim = "EXECUTE claim ('\(tenant.id)', ARRAY['\(lane)', '\(other)']::uuid[], '{4,4}', 100, false, '{1,0}', 1)"
            try await database.sql(
                """
                SET session_replication_role = replica;
                INSERT INTO docket.outbox (tenant_id, id, kind, endpoint_id, ticket_id, event_seq, created_at, next_attempt_at)
                    SELECT '\(tenant.id)', gen_random_uuid(), 'webhook',
                        ('00000000-0000-0001-0000-' || lpad(to_hex(CASE WHEN n <= 20000 THEN 50 ELSE n % 100 END), 12, '0'))::uuid,
                        gen_random_uuid(), 1, now(), now() - n * interval '1 ms'
                    FROM generate_series(1, 30000) n;
                ANALYZE docket.outbox;
                """
            )
            try await database.sql(
                """
                DELETE FROM docket.outbox o USING (SELECT max(created_at) AS at FROM docket.outbox) c
                WHERE o.endpoint_id = '\(lane)' AND o.next_attempt_at NOT BETWEEN c.at - interval '17 s' AND c.at - interval '3 s'
                """
            )
            let plan = try await database.sql(
                """
                SET plan_cache_mode = \(isGeneric ? "force_generic_plan" : "force_custom_plan");
                SET ROLE docket_courier;
                BEGIN;
                SELECT docket.set_tenant('\(tenant.id)');
                PREPARE claim (uuid, uuid[], int[], bigint, bool, int[], bigint) AS \(ClaimDeliveries.sql);
                -- The first look finds the dead and marks them.
                \(claim);
                EXPLAIN (ANALYZE, BUFFERS, TIMING OFF, COSTS OFF) \(claim);
                """
            ).compactMap(\.first)
            let ends = plan.indices.filter { plan[$0].contains("outbox_lane_due on outbox") }
            #expect(ends.count == 2 && ends.contains { plan[$0].contains("Index Scan Backward") }, "\(plan)")
            // Nor are the rows looked for among all of the tenant's when they are leased.
            #expect(!plan.contains { $0.contains("Seq Scan on outbox") && !$0.contains("never executed") }, "\(plan)")
            let update = try #require(plan.firstIndex { $0.contains("Update on outbox") })
            #expect(plan[update...].contains { $0.contains("Scan using outbox_pkey on outbox") }, "\(plan)")
            for end in ends {
                let counts = try #require(plan[end].firstMatch(of: /rows=(\d+) loops=(\d+)/), "\(plan)")
                let rows = try #require(Int(counts.1))
                #expect(rows <= 4, "\(plan)")
                // Of six thousand dead rows each costs an entry on a page of the index, not a look at the table.
                let buffers = try #require(plan[end...].first { $0.contains("Buffers: shared hit=") }?.firstMatch(of: /hit=(\d+)/), "\(plan)")
                let hits = try #require(Int(buffers.1))
                #expect(hits < 600, "\(plan)")
            }
        }
    }
}
