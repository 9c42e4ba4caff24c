import Domain
import Store
import TestSupport
import Testing
import UseCases

/// What computing loads costs follows what agents have in hand, not what they ever had.
@Suite struct HeldLoadPlanTests {
    private static let full = "{assigned,in_progress}"
    private static let waiting = "{waiting_customer,on_hold}"

    /// 20 agents: each has 10 tickets in hand and did 990. Two are offered besides.
    private static func seed(_ tenant: TenantID, in database: TestDatabase) async throws {
        try await database.sql(
            """
            SET session_replication_role = replica;
            INSERT INTO docket.agent_load (tenant_id, agent_id, capacity)
                SELECT '\(tenant)', ('00000000-0000-7000-8001-' || lpad(n::text, 12, '0'))::uuid, 100 FROM generate_series(0, 19) n;
            INSERT INTO docket.ticket (tenant_id, id, number, version, last_seq, subject, description, type, channel, state, priority, weight, assignee_id,
                    created_at, updated_at, resolved_at, closed_at)
                SELECT '\(tenant)', ('00000000-0000-7000-8000-' || lpad(n::text, 12, '0'))::uuid, n, 1, 5, 'x', '', 'incident', 'api', s.state, 3, 3,
                    ('00000000-0000-7000-8001-' || lpad((n % 20)::text, 12, '0'))::uuid, now() - n * interval '1 minute', now(),
                    CASE WHEN s.state IN ('resolved', 'archived') THEN now() END, CASE WHEN s.state IN ('closed', 'archived') THEN now() END
                FROM generate_series(1, 20000) n, LATERAL (SELECT CASE
                    WHEN n <= 100 THEN 'in_progress' WHEN n <= 200 THEN 'on_hold' WHEN n <= 1000 THEN 'resolved' WHEN n <= 1100 THEN 'closed' ELSE 'archived' END AS state) s;
            INSERT INTO docket.ticket (tenant_id, id, number, version, last_seq, subject, description, type, channel, state, priority, weight,
                    offered_agent_id, offered_at, offer_expires_at, created_at, updated_at)
                SELECT '\(tenant)', gen_random_uuid(), 20000 + n, 1, 5, 'x', '', 'incident', 'api', 'waiting_assignment', 3, 2,
                    '00000000-0000-7000-8001-000000000000', now(), now() + interval '1 hour', now(), now()
                FROM generate_series(1, 2) n;
            UPDATE docket.tenant_configuration SET waiting_load_percent = 40 WHERE tenant_id = '\(tenant)';
            """
        )
    }

    @Test("Loads are computed from what is in hand, and rightly", arguments: [false, true], [false, true])
    func computing(isGeneric: Bool, isAnalyzed: Bool) async throws {
        try await TestDatabase.with { database in
            let tenant = try await TestTenant.make(in: database).id
            try await Self.seed(tenant, in: database)
            let agents = try await database.sql("SELECT array_agg(agent_id) FROM docket.agent_load").first?.first ?? "{}"
            let plan = try await database.sql(
                """
                \(isAnalyzed ? "ANALYZE docket.ticket, docket.agent_load, docket.tenant_configuration;" : "")
                SET plan_cache_mode = \(isGeneric ? "force_generic_plan" : "force_custom_plan");
                SET ROLE docket_api;
                SET enable_seqscan = off;
                SELECT docket.set_tenant('\(tenant)');
                PREPARE loads (uuid, uuid[], text[], text[]) AS \(RecomputeLoads.sql);
                EXPLAIN (ANALYZE, TIMING OFF, COSTS OFF) EXECUTE loads ('\(tenant)', '\(agents)', '\(Self.full)', '\(Self.waiting)');
                """
            ).compactMap(\.first)
            #expect(plan.contains { $0.contains("using ticket_in_hand") || $0.contains("on ticket_in_hand") }, "\(plan)")
            #expect(plan.filter { $0.contains(" on ticket") }.allSatisfy { Self.rows($0) <= 200 }, "\(plan)")
            #expect(!plan.contains { $0.contains("Rows Removed by Filter") }, "\(plan)")
            let loads = "SELECT load, count(*), sum(channel_loads[3]) FROM docket.agent_load GROUP BY load ORDER BY load"
            // Five in full, five at 40 % of 3, rounded up; one of them has two offers.
            #expect(try await database.sql(loads) == [["25", "19", "475"], ["29", "1", "29"]])
            try await database.withEnvironment { environment in
                let drift = LoadDrift(tenant: tenant, states: [.assigned, .inProgress], waiting: [.waitingCustomer, .onHold], limit: 10)
                let found = try await environment.database.rows(drift, of: tenant)
                #expect(found.isEmpty)
            }
        }
    }

    private static func rows(_ line: String) -> Int {
        guard let match = line.firstMatch(of: /rows=(\d+) loops=(\d+)/), let rows = Int(match.1), let loops = Int(match.2) else { return 0 }
        return rows * loops
    }

    @Test("A ticket with an agent stands in one of the two indexes, so that an assignment writes one entry")
    func oneIndex() async throws {
        try await TestDatabase.with { database in
            let tenant = try await TestTenant.make(in: database).id
            try await Self.seed(tenant, in: database)
            let predicates = try await database.sql(
                """
                SELECT c.relname, pg_get_expr(i.indpred, i.indrelid) FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
                WHERE i.indrelid = 'docket.ticket'::regclass AND c.relname IN ('ticket_in_hand', 'ticket_done') ORDER BY 1
                """
            )
            try #require(predicates.map { $0[0] } == ["ticket_done", "ticket_in_hand"])
            let counts = try await database.sql(
                """
                SELECT count(*) FILTER (WHERE (\(predicates[0][1])) AND (\(predicates[1][1]))),
                    count(*) FILTER (WHERE NOT (\(predicates[0][1])) AND NOT (\(predicates[1][1])) AND assignee_id IS NOT NULL),
                    count(*) FILTER (WHERE \(predicates[1][1]))
                FROM docket.ticket
                """
            )
            #expect(counts == [["0", "0", "200"]])
        }
    }
}
