import Domain
import Store
import TestSupport
import Testing

/// What a sticky queue asks for each new ticket costs the same however many tickets there are.
@Suite struct LastAgentPlanTests {
    @Test(arguments: [false, true]) func onlyTheRequestersNewestTicketsAreRead(isGeneric: Bool) async throws {
        try await TestDatabase.with { database in
            let tenant = try await TestTenant.make(in: database)
            let requester = RequesterID(high: 1, low: 1)
            let plan = try await database.sql(
                """
                SET session_replication_role = replica;
                INSERT INTO docket.ticket (tenant_id, id, number, version, last_seq, subject, description, type, channel, requester_id, state, priority,
                        created_at, updated_at)
                    SELECT '\(tenant.id)', gen_random_uuid(), n, 1, 1, 'x', '', 'incident', 'api',
                        CASE WHEN n % 10 = 0 THEN '\(requester)'::uuid ELSE gen_random_uuid() END, 'new', 3, now() - n * interval '1 s', now()
                    FROM generate_series(1, 20000) n;
                ANALYZE docket.ticket;
                SET plan_cache_mode = \(isGeneric ? "force_generic_plan" : "force_custom_plan");
                SET ROLE docket_api;
                BEGIN;
                SELECT docket.set_tenant('\(tenant.id)');
                PREPARE last_agent (uuid, uuid, timestamptz) AS \(FindLastAgent.sql);
                EXPLAIN (ANALYZE, TIMING OFF, COSTS OFF) EXECUTE last_agent ('\(tenant.id)', '\(requester)', now() - interval '30 days');
                """
            ).compactMap(\.first)
            let scan = try #require(plan.first { $0.contains(" on ticket") }, "\(plan)")
            #expect(scan.contains("using ticket_requester"), "\(plan)")
            let rows = try #require(scan.firstMatch(of: /rows=(\d+) loops=1/).flatMap { Int($0.1) })
            #expect(rows <= FindLastAgent.depth, "\(plan)")
        }
    }
}
