import Domain
import Store
import TestSupport
import Testing

/// A look at the change feed reads what it may show and no more; that of a provider's agent a stretch, however many events of others there are.
@Suite struct FeedPlanTests {
    private static let count = 12_000

    /// Events of one transaction for each ten, of which every thousandth ticket is the agent's.
    private static func plan(_ statement: String, of tenant: TenantID, agent: AgentID, in database: TestDatabase) async throws -> [String] {
        try await database.sql(
            """
            SET session_replication_role = replica;
            INSERT INTO docket.ticket (tenant_id, id, number, version, last_seq, subject, description, type, channel, state, priority, assignee_id,
                    created_at, updated_at)
                SELECT '\(tenant)', ('00000000-0000-7000-8000-' || lpad(n::text, 12, '0'))::uuid, n, 1, 1, 'x', '', 'incident', 'api', 'in_progress', 3,
                    CASE WHEN n % 1000 = 0 THEN '\(agent)'::uuid END, now(), now()
                FROM generate_series(1, \(count)) n;
            INSERT INTO docket.ticket_event (tenant_id, ticket_id, seq, at, xid, version, kind, actor_kind, data)
                SELECT '\(tenant)', ('00000000-0000-7000-8000-' || lpad(n::text, 12, '0'))::uuid, 1, now(), (1 + n / 10)::text::xid8, 1, 'ticket.urged', 'api', '{}'
                FROM generate_series(1, \(count)) n;
            ANALYZE docket.ticket; ANALYZE docket.ticket_event;
            SET plan_cache_mode = force_custom_plan;
            SET ROLE docket_api;
            BEGIN;
            SELECT docket.set_tenant('\(tenant)');
            \(statement);
            """
        ).compactMap(\.first)
    }

    /// The most rows that any node gave or left out, over all its loops.
    private static func read(_ plan: [String]) -> Int {
        plan.flatMap { line -> [Int] in
            let given = line.firstMatch(of: /rows=(\d+) loops=(\d+)/).flatMap { match in
                Int(match.1).flatMap { rows in Int(match.2).map { rows * $0 } }
            }
            let removed = line.firstMatch(of: /Rows Removed by Filter: (\d+)/).flatMap { Int($0.1) }
            return [given, removed].compactMap(\.self)
        }.max() ?? .max
    }

    private static let explain = "EXPLAIN (ANALYZE, TIMING OFF, COSTS OFF) EXECUTE feed"
    private static let start = "20, '00000000-0000-0000-0000-000000000000', 0"

    @Test func whoSeesEverythingReadsAPage() async throws {
        try await TestDatabase.with { database in
            let tenant = try await TestTenant.make(in: database)
            let plan = try await Self.plan(
                "PREPARE feed (uuid, bigint, uuid, int, bigint) AS \(LoadEventFeed.sql); \(Self.explain) ('\(tenant.id)', \(Self.start), 101)",
                of: tenant.id,
                agent: try await tenant.addAgent(),
                in: database
            )
            #expect(plan.contains { $0.contains("xid_idx") } && Self.read(plan) <= 120, "\(plan)")
        }
    }

    @Test func aProvidersAgentReadsAStretch() async throws {
        try await TestDatabase.with { database in
            let tenant = try await TestTenant.make(in: database)
            let agent = try await tenant.addAgent()
            let plan = try await Self.plan(
                """
                PREPARE feed (uuid, bigint, uuid, int, bigint, uuid, bigint) AS \(LoadViewerFeed.sql);
                \(Self.explain) ('\(tenant.id)', \(Self.start), \(LoadViewerFeed.stretch), '\(agent)', 101)
                """,
                of: tenant.id,
                agent: agent,
                in: database
            )
            #expect(plan.contains { $0.contains("xid_idx") } && Self.read(plan) <= LoadViewerFeed.stretch + 20, "\(plan)")
            #expect(!plan.contains { $0.contains("Seq Scan on ticket") || $0.contains(" Join") }, "\(plan)")
        }
    }
}
