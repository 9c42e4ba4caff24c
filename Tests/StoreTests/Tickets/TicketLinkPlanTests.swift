import Store
import TestSupport
import Testing

/// A ticket's links cost the same however many tickets there are, and however many of them were merged, split off or followed up.
@Suite struct TicketLinkPlanTests {
    @Test(arguments: [false, true]) func onlyItsOwnLinksAreRead(isGeneric: Bool) async throws {
        try await TestDatabase.with { database in
            let tenant = try await TestTenant.make(in: database)
            let ticket = "00000000-0000-7000-8000-000000000001"
            let plan = try await database.sql(
                """
                SET session_replication_role = replica;
                INSERT INTO docket.ticket (tenant_id, id, number, version, last_seq, subject, description, type, channel, state, priority, merged_into,
                        split_from, follow_up_of, created_at, updated_at)
                    SELECT '\(tenant.id)', CASE WHEN n = 1 THEN '\(ticket)'::uuid ELSE gen_random_uuid() END, n, 1, 1, 'x', '', 'incident', 'api', 'closed', 3,
                        CASE WHEN n % 1000 = 2 THEN '\(ticket)'::uuid WHEN n % 5 = 1 THEN gen_random_uuid() END,
                        CASE WHEN n % 1000 = 3 THEN '\(ticket)'::uuid WHEN n % 5 = 1 THEN gen_random_uuid() END,
                        CASE WHEN n % 1000 = 4 THEN '\(ticket)'::uuid WHEN n % 5 = 1 THEN gen_random_uuid() END, now(), now()
                    FROM generate_series(1, 20000) n;
                ANALYZE docket.ticket;
                SET plan_cache_mode = \(isGeneric ? "force_generic_plan" : "force_custom_plan");
                SET ROLE docket_api;
                BEGIN;
                SELECT docket.set_tenant('\(tenant.id)');
                PREPARE links (uuid, uuid, uuid, bigint) AS \(ListTicketLinks.sql);
                EXPLAIN (ANALYZE, TIMING OFF, COSTS OFF) EXECUTE links ('\(tenant.id)', '\(ticket)', '00000000-0000-0000-0000-000000000000', 51);
                """
            ).compactMap(\.first)
            for index in ["ticket_merged_into", "ticket_split_from", "ticket_follow_up_of"] {
                let scan = try #require(plan.first { $0.contains(index) }, "\(plan)")
                let rows = try #require(scan.firstMatch(of: /rows=(\d+) loops=1/).flatMap { Int($0.1) }, "\(plan)")
                #expect(rows == 20, "\(plan)")
            }
            #expect(!plan.contains { $0.contains("Seq Scan on ticket") }, "\(plan)")
        }
    }
}
