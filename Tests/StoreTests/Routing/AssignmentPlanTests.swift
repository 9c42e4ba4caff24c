import Domain
import Store
import TestSupport
import Testing

/// A plan made while the tables are small goes on when they are not: what an assignment costs must not follow the tickets that its tenant ever had.
@Suite struct AssignmentPlanTests {
    @Test("Each row of an assignment is found by its whole key, whatever is known of the tables", arguments: [false, true])
    func wholeKeys(isAnalyzed: Bool) async throws {
        try await TestDatabase.with { database in
            let tenant = try await TestTenant.make(in: database)
            let plan = try await database.sql(
                """
                SET session_replication_role = replica;
                INSERT INTO docket.ticket (tenant_id, id, number, version, last_seq, subject, description, type, channel, state, priority, queue_id,
                        created_at, updated_at)
                    SELECT '\(tenant.id)', gen_random_uuid(), n, 1, 1, 'x', '', 'incident', 'api', 'waiting_assignment', 3, '\(tenant.queue)', now(), now()
                    FROM generate_series(1, 2000) n;
                INSERT INTO docket.routing_entry (tenant_id, ticket_id, queue_id, class_key, rank_at, eligible_at, priority, weight,
                        required_skills, required_levels, optional_skills, optional_ranks, ticket_version)
                    SELECT tenant_id, id, queue_id, 1, now(), now(), 3, 1, '{}', '{}', '{}', '{}', 1 FROM docket.ticket;
                INSERT INTO docket.agent_load (tenant_id, agent_id, capacity) SELECT '\(tenant.id)', gen_random_uuid(), 5 FROM generate_series(1, 200);
                \(isAnalyzed ? "ANALYZE docket.ticket, docket.routing_entry, docket.agent_load;" : "")
                SET plan_cache_mode = force_generic_plan;
                SET enable_seqscan = off;
                SET ROLE docket_dispatcher;
                PREPARE assignment (uuid, uuid, uuid, bigint, uuid, int, timestamptz, jsonb, timestamptz, uuid, boolean, int) AS \(CommitAssignment.sql);
                EXPLAIN (COSTS OFF) EXECUTE assignment ('\(tenant.id)', '\(tenant.queue)', '\(tenant.queue)', 1, '\(tenant.queue)', 1, now(), '{}', now(),
                    '\(tenant.queue)', false, NULL);
                """
            ).compactMap(\.first)
            for (table, key) in [("ticket", "id = $3"), ("agent_load", "agent_id = $5"), ("routing_entry", "ticket_id = $3")] {
                let scans = plan.indices.filter { plan[$0].contains("Scan using \(table)_pkey on \(table)") }
                #expect(scans.count == (table == "routing_entry" ? 1 : 2), "\(plan)")
                #expect(scans.allSatisfy { plan[$0 + 1].contains("Index Cond: ((tenant_id = $1) AND (\(key)))") }, "\(plan)")
            }
        }
    }
}
