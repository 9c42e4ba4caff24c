import Domain
import Postgres
import Store
import TestSupport
import Testing

/// The plans that the cost of closing and archiving rests on: it follows the tickets that are due, not those that there are.
@Suite struct AgedTicketPlanTests {
    private static let count = 20_000

    /// Tickets of which 300 are due to be closed, and 300 to be archived; beside them 300 that are resolved since six days, which is to be told, as many that
    /// were told, some that are resolved or closed since yesterday, many that are archived, and many that are live.
    private static func seed(_ tenant: TenantID, in database: TestDatabase) async throws {
        try await database.sql(
            """
            SET session_replication_role = replica;
            INSERT INTO docket.ticket (tenant_id, id, number, version, last_seq, subject, description, type, channel, state, priority, created_at, updated_at,
                resolved_at, closed_at, closing_told_at)
            SELECT '\(tenant)', gen_random_uuid(), n, 1, 1, 'x', '', 'incident', 'api', s.state, 3, now() - interval '500 days', now(),
                CASE WHEN s.state <> 'in_progress' THEN s.since END, CASE WHEN s.state IN ('closed', 'archived') THEN s.since END,
                CASE WHEN n BETWEEN 12301 AND 12600 THEN now() END
            FROM generate_series(1, \(count)) n, LATERAL (
                SELECT CASE WHEN n <= 600 THEN 'resolved' WHEN n <= 1200 THEN 'closed' WHEN n <= 12000 THEN 'archived' WHEN n <= 12600 THEN 'resolved' ELSE 'in_progress' END AS state,
                    now() - make_interval(days => CASE WHEN n BETWEEN 12001 AND 12600 THEN 6 WHEN n % 2 = 0 THEN 200 ELSE 1 END) AS since
            ) s;
            UPDATE docket.tenant_configuration SET close_resolved_after_days = 7, archive_closed_after_days = 120, warn_before_closing_days = 2 WHERE tenant_id = '\(tenant)';
            ANALYZE docket.ticket, docket.tenant_configuration;
            """
        )
    }

    private static func plan(_ sql: String, limit: Int, isGeneric: Bool, of tenant: TenantID, in database: TestDatabase) async throws -> [String] {
        try await database.sql(
            """
            SET plan_cache_mode = \(isGeneric ? "force_generic_plan" : "force_custom_plan");
            SET ROLE docket_scheduler;
            BEGIN;
            SELECT docket.set_tenant('\(tenant)');
            PREPARE aged (uuid, timestamptz, uuid, bigint) AS \(sql);
            EXPLAIN (ANALYZE, TIMING OFF, COSTS OFF) EXECUTE aged ('\(tenant)', 'epoch', '00000000-0000-0000-0000-000000000000', \(limit));
            """
        ).compactMap(\.first)
    }

    @Test("What is due is found by its own index, and nothing else is read", arguments: [false, true])
    func plans(isGeneric: Bool) async throws {
        try await TestDatabase.with { database in
            let tenant = try await TestTenant.make(in: database).id
            try await Self.seed(tenant, in: database)
            let looks = [
                (FindAgedTickets<ClosingSoonStep>.sql, "ticket_closing_soon"), (FindAgedTickets<ClosingStep>.sql, "ticket_resolved"),
                (FindAgedTickets<ArchivingStep>.sql, "ticket_closed"),
            ]
            for (sql, index) in looks {
                for (limit, rows) in [(100, 100), (1_000, 300)] {
                    let plan = try await Self.plan(sql, limit: limit, isGeneric: isGeneric, of: tenant, in: database)
                    let scan = try #require(plan.first { $0.contains(index) }, "\(plan)")
                    #expect(scan.contains("rows=\(rows) ") && !plan.contains { $0.contains("Rows Removed") }, "\(plan)")
                    // A batch is read in the index's order.
                    if limit == 100 { #expect(scan.contains("using \(index) ") && !plan.contains { $0.contains("Sort") }, "\(plan)") }
                }
            }
        }
    }

    @Test("Tenants with something due are found by two looks each; others' rows do not matter")
    func discovery() async throws {
        try await TestDatabase.with { database in
            let tenant = try await TestTenant.make(in: database).id
            let other = try await TestTenant.make(in: database).id
            try await Self.seed(tenant, in: database)
            try await database.withClient(role: "docket_scheduler") { client in
                let store = Database(client: client)
                #expect(try await store.tenantsWithAgedTickets() == [tenant])
                func set(_ assignments: String, of tenant: TenantID) async throws {
                    try await database.sql("UPDATE docket.tenant_configuration SET \(assignments) WHERE tenant_id = '\(tenant)'")
                }
                try await set("close_resolved_after_days = NULL, warn_before_closing_days = NULL", of: tenant)
                #expect(try await store.tenantsWithAgedTickets() == [tenant])
                try await set("archive_closed_after_days = 201", of: tenant)
                #expect(try await store.tenantsWithAgedTickets() == [])
                // Nothing to close, and of some it is to be told.
                for (warn, found) in [(194, []), (195, [tenant])] as [(Int, [TenantID])] {
                    try await set("close_resolved_after_days = 201, warn_before_closing_days = \(warn)", of: tenant)
                    try await database.sql("UPDATE docket.ticket SET closing_told_at = now() WHERE resolved_at < now() - interval '100 days'")
                    #expect(try await store.tenantsWithAgedTickets() == found)
                }
                try await database.sql("UPDATE docket.ticket SET closing_told_at = now()")
                #expect(try await store.tenantsWithAgedTickets() == [])
                try await set("close_resolved_after_days = NULL, warn_before_closing_days = NULL", of: tenant)
                try await database.sql(
                    "UPDATE docket.tenant_configuration SET close_resolved_after_days = 1, archive_closed_after_days = 1 WHERE tenant_id = '\(other)'"
                )
                #expect(try await store.tenantsWithAgedTickets() == [])
            }
            // The same question as the function's, as it is planned for the role that asks.
            let body = try #require(
                try await database.sql("SELECT prosrc FROM pg_proc WHERE proname = 'tenants_with_aged_tickets'").first?.first
            )
            let begin = try #require(body.firstRange(of: "SELECT c.tenant_id")?.lowerBound)
            let question = body[begin...].split(separator: ";")[0].replacing("present -", with: "now() -").replacing("maximum", with: "10000")
            let plan = try await database.sql(
                "SET enable_seqscan = off; SET jit = off; EXPLAIN (ANALYZE, TIMING OFF, COSTS OFF) \(question)"
            ).compactMap(\.first)
            let scans = plan.filter { $0.contains(" on ticket") }
            #expect(
                scans.count == 3 && scans.allSatisfy { $0.contains("rows=1 ") || $0.contains("rows=0 ") || $0.contains("never executed") },
                "\(plan)"
            )
            for index in ["ticket_resolved", "ticket_closed", "ticket_closing_soon"] {
                #expect(scans.contains { $0.contains("using \(index) ") }, "\(plan)")
            }
        }
    }

    @Test("Moves between states write no index anew; resolving and closing do")
    func hotUpdates() async throws {
        try await TestDatabase.with { database in
            let tenant = try await TestTenant.make(in: database).id
            let ticket = TicketID(high: 1, low: 1)
            let sets = [
                "state = 'in_progress'", "state = 'waiting_customer'", "state = 'resolved', resolved_at = now()",
                "state = 'closed', closed_at = now()",
            ]
            let updates = sets.map { "UPDATE docket.ticket SET version = version + 1, \($0) WHERE id = '\(ticket)';" }
            func hot(_ updates: some Sequence<String>) async throws -> [String]? {
                try await database.sql(
                    """
                    BEGIN;
                    INSERT INTO docket.ticket (tenant_id, id, number, version, last_seq, subject, description, type, channel, state, priority, created_at, updated_at)
                        VALUES ('\(tenant)', '\(ticket)', 1, 1, 1, 'x', '', 'incident', 'api', 'new', 3, now(), now());
                    \(updates.joined(separator: "\n"))
                    SELECT n_tup_upd, n_tup_hot_upd FROM pg_stat_xact_user_tables WHERE relid = 'docket.ticket'::regclass
                    """
                ).last
            }
            #expect(try await hot(updates.prefix(2)) == ["2", "2"])
            #expect(try await hot(updates) == ["4", "2"])
        }
    }
}
