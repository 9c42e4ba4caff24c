import Domain
import Postgres
import Store
import TestSupport
import Testing

/// The plans that the cost of lists rests on: an index gives each order, and a page reads about as many rows as it shows.
@Suite struct TicketListPlanTests {
    private static let types = "uuid, text[], smallint[], uuid, uuid, uuid, boolean, uuid, text, timestamptz, timestamptz, uuid, uuid"
    private static let none = "NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL"
    private static let count = 20_000

    /// Tickets of which every tenth has two promises to keep, and ten that are promised nothing.
    private static func seed(_ tenant: TenantID, in database: TestDatabase) async throws {
        try await database.sql(
            """
            SET session_replication_role = replica;
            INSERT INTO docket.ticket (tenant_id, id, number, version, last_seq, subject, description, type, channel, state, priority, created_at, updated_at)
            SELECT '\(tenant)', ('00000000-0000-7000-8000-' || lpad(n::text, 12, '0'))::uuid, n, 1, 1, 'x', '', 'incident', 'api', 'closed', 1 + n % 4,
                '2026-01-01T00:00:00Z'::timestamptz + n * interval '1 second', '2026-06-01T00:00:00Z'::timestamptz - n * interval '1 second'
            FROM generate_series(1, \(count)) n;
            INSERT INTO docket.sla_timer (tenant_id, ticket_id, metric, instance, state, due_at)
            SELECT tenant_id, id, m, 1, CASE WHEN number % 10 = 0 THEN 'running' ELSE 'met' END, created_at + interval '1 hour'
            FROM docket.ticket, unnest(ARRAY['resolution', 'first_response']) m;
            ANALYZE docket.ticket, docket.sla_timer;
            """
        )
    }

    private static func plan(
        _ sql: String,
        _ types: String,
        _ values: String,
        of tenant: TenantID,
        in database: TestDatabase
    ) async throws -> [String] {
        try await database.sql(
            """
            SET plan_cache_mode = force_custom_plan;
            SET ROLE docket_api;
            BEGIN;
            SELECT docket.set_tenant('\(tenant)');
            PREPARE list (\(types)) AS \(sql);
            EXPLAIN (ANALYZE, TIMING OFF, COSTS OFF) EXECUTE list (\(values));
            """
        ).compactMap(\.first)
    }

    /// The most rows that any node gave, over all its loops.
    private static func rows(_ plan: [String]) -> Int {
        plan.compactMap { line -> Int? in
            guard let match = line.firstMatch(of: /rows=(\d+) loops=(\d+)/), let rows = Int(match.1), let loops = Int(match.2) else { return nil }
            return rows * loops
        }.max() ?? .max
    }

    /// The rows that nodes gave or left out, of the node with the most.
    private static func read(_ plan: [String]) -> Int {
        let removed = plan.compactMap { line in line.firstMatch(of: /Rows Removed by Filter: (\d+)/).flatMap { Int($0.1) } }.max() ?? 0
        return max(rows(plan), removed)
    }

    private static func expect<S: Statement>(
        _ statement: S.Type,
        uses index: String,
        _ key: (type: String, value: String)?,
        tenant: TenantID,
        database: TestDatabase
    ) async throws {
        let middle = key.map { ", \($0.type)" } ?? ""
        let value = key.map { ", \($0.value)" } ?? ""
        let id = "00000000-0000-7000-8000-000000010000"
        let plan = try await plan(
            S.sql,
            "\(types)\(middle), uuid, bigint",
            "'\(tenant)', \(none)\(value), '\(id)', 51",
            of: tenant,
            in: database
        )
        #expect(plan.contains { $0.contains("using \(index)") || $0.contains("Backward using \(index)") }, "\(plan)")
        #expect(!plan.contains { $0.contains("Seq Scan") }, "\(plan)")
        #expect(rows(plan) <= 51 * 12, "\(plan)")
    }

    private typealias Columns = TicketSortColumns

    @Test func everyOrderComesFromAnIndex() async throws {
        try await TestDatabase.with { database in
            let tenant = try await TestTenant.make(in: database).id
            try await Self.seed(tenant, in: database)
            let created = ("timestamptz", "'2026-01-01T03:00:00Z'")
            func check<S: Statement>(_ statement: S.Type, _ index: String, _ key: (type: String, value: String)?) async throws {
                try await Self.expect(statement, uses: index, key, tenant: tenant, database: database)
            }
            try await check(ListTickets<Columns.CreatedAt, Ascending, AllTickets>.self, "ticket_created", created)
            try await check(ListTickets<Columns.CreatedAt, Descending, AllTickets>.self, "ticket_created", created)
            try await check(ListTickets<Columns.Priority, Ascending, AllTickets>.self, "ticket_priority", ("smallint", "2"))
            try await check(ListTickets<Columns.Priority, Descending, AllTickets>.self, "ticket_priority", ("smallint", "2"))
            try await check(ListTickets<Columns.Number, Ascending, AllTickets>.self, "ticket_number", ("bigint", "10000"))
            try await check(ListTickets<Columns.Number, Descending, AllTickets>.self, "ticket_number", ("bigint", "10000"))
            try await check(ListTicketsByDeadline<Ascending, AllTickets>.self, "sla_timer_deadline", ("timestamptz", "'2026-01-01T03:00:00Z'"))
            try await check(ListTicketsByDeadline<Descending, AllTickets>.self, "sla_timer_deadline", ("timestamptz", "'2026-01-01T03:00:00Z'"))
            try await check(ListTicketsWithoutDeadline<Ascending, AllTickets>.self, "ticket_pkey", nil)
            try await check(ListTicketsWithoutDeadline<Descending, AllTickets>.self, "ticket_pkey", nil)
        }
    }

    /// A customer with few tickets, all of them old: their newest page and their number come from an index, without which all of the tenant's are read.
    @Test func ticketsOfAnOrganizationComeFromAnIndex() async throws {
        try await TestDatabase.with { database in
            let tenant = try await TestTenant.make(in: database).id
            try await Self.seed(tenant, in: database)
            let organization = "00000000-0000-7000-8000-00000000000a"
            try await database.sql(
                """
                SET session_replication_role = replica;
                UPDATE docket.ticket SET organization_id = CASE WHEN number <= 60 THEN '\(organization)'::uuid ELSE gen_random_uuid() END WHERE number % 20 <> 0;
                ANALYZE docket.ticket;
                """
            )
            let filter = Self.none.replacing(/NULL$/, with: "'\(organization)'")
            func read() async throws -> [Int] {
                let page = try await Self.plan(
                    ListTickets<Columns.CreatedAt, Descending, AllTickets>.sql,
                    "\(Self.types), timestamptz, uuid, bigint",
                    "'\(tenant)', \(filter), '2030-01-01T00:00:00Z', 'ffffffff-ffff-ffff-ffff-ffffffffffff', 51",
                    of: tenant,
                    in: database
                )
                let count = try await Self.plan(
                    CountTickets<AllTickets>.sql,
                    "\(Self.types), bigint",
                    "'\(tenant)', \(filter), 10001",
                    of: tenant,
                    in: database
                )
                return [Self.read(page), Self.read(count)]
            }
            #expect(try await read().allSatisfy { $0 <= 57 })
            try await database.sql("DROP INDEX docket.ticket_organization")
            #expect(try await read().allSatisfy { $0 > 10_000 })
        }
    }

    /// An agent with a long history and little in hand: pages of both come from their indexes.
    @Test func ticketsOfAnAgentComeFromTwoIndexes() async throws {
        try await TestDatabase.with { database in
            let tenant = try await TestTenant.make(in: database).id
            try await Self.seed(tenant, in: database)
            let agent = "00000000-0000-7000-8000-00000000000a"
            // The newest 30 are in hand.
            try await database.sql(
                """
                SET session_replication_role = replica;
                UPDATE docket.ticket SET assignee_id = CASE WHEN number > \(Self.count) - 30 OR number % 2 = 0 THEN '\(agent)'::uuid ELSE gen_random_uuid() END;
                UPDATE docket.ticket SET closed_at = now() WHERE number <= \(Self.count) - 30;
                UPDATE docket.ticket SET state = 'in_progress' WHERE number > \(Self.count) - 30;
                ANALYZE docket.ticket;
                """
            )
            let filter = "NULL, NULL, NULL, NULL, '\(agent)', false, NULL, NULL, NULL, NULL, NULL, NULL"
            let page = try await Self.plan(
                ListTickets<Columns.CreatedAt, Descending, TicketsOfAgent>.sql,
                "\(Self.types), timestamptz, uuid, bigint",
                "'\(tenant)', \(filter), '2030-01-01T00:00:00Z', 'ffffffff-ffff-ffff-ffff-ffffffffffff', 51",
                of: tenant,
                in: database
            )
            for index in ["ticket_in_hand", "ticket_done"] { #expect(page.contains { $0.contains("Backward using \(index)") }, "\(page)") }
            #expect(Self.read(page) <= 51, "\(page)")
            let count = try await Self.plan(
                CountTickets<TicketsOfAgent>.sql,
                "\(Self.types), bigint",
                "'\(tenant)', \(filter), 101",
                of: tenant,
                in: database
            )
            #expect(Self.rows(count) <= 101, "\(count)")
        }
    }

    /// A provider's agent who sees few of many tickets, all of them old, some of them by what he had or was asked about.
    @Test func ticketsOfAViewerComeFromWhatIsHis() async throws {
        try await TestDatabase.with { database in
            let tenant = try await TestTenant.make(in: database).id
            try await Self.seed(tenant, in: database)
            let agent = "00000000-0000-7000-8000-00000000000a"
            try await database.sql(
                """
                SET session_replication_role = replica;
                UPDATE docket.ticket SET assignee_id = CASE WHEN number <= 40 THEN '\(agent)'::uuid ELSE gen_random_uuid() END, closed_at = now();
                INSERT INTO docket.former_agent (tenant_id, agent_id, ticket_id)
                    SELECT tenant_id, CASE WHEN number BETWEEN 41 AND 50 THEN '\(agent)'::uuid ELSE gen_random_uuid() END, id FROM docket.ticket WHERE number > 40;
                INSERT INTO docket.consultation (tenant_id, ticket_id, id, asked_by_kind, agent_id, question, asked_at)
                    SELECT tenant_id, id, gen_random_uuid(), 'api', CASE WHEN number BETWEEN 51 AND 60 THEN '\(agent)'::uuid ELSE gen_random_uuid() END, '?', created_at
                    FROM docket.ticket WHERE number > 50;
                ANALYZE docket.ticket; ANALYZE docket.former_agent; ANALYZE docket.consultation;
                """
            )
            let filter = "NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '\(agent)', NULL"
            func read(_ sql: String, _ types: String, _ values: String) async throws -> Int {
                Self.read(try await Self.plan(sql, "\(Self.types), \(types)", "'\(tenant)', \(filter), \(values)", of: tenant, in: database))
            }
            let last = "'ffffffff-ffff-ffff-ffff-ffffffffffff', 51"
            let newest = ("timestamptz, uuid, bigint", "'2030-01-01T00:00:00Z', \(last)")
            let orders = [
                try await read(ListTickets<Columns.CreatedAt, Descending, TicketsOfViewer>.sql, newest.0, newest.1),
                try await read(ListTickets<Columns.Priority, Descending, TicketsOfViewer>.sql, "smallint, uuid, bigint", "5, \(last)"),
                try await read(ListTicketsByDeadline<Descending, TicketsOfViewer>.sql, newest.0, newest.1),
                try await read(ListTicketsWithoutDeadline<Descending, TicketsOfViewer>.sql, "uuid, bigint", last),
                try await read(CountTickets<TicketsOfViewer>.sql, "bigint", "10001"),
            ]
            // He sees 60, each with at most two clocks.
            #expect(orders.allSatisfy { $0 <= 120 }, "\(orders)")
            #expect(try await read(ListTickets<Columns.CreatedAt, Descending, AllTickets>.sql, newest.0, newest.1) > 10_000)
        }
    }

    /// Counting reads no more than it may count.
    @Test func countsAreBounded() async throws {
        try await TestDatabase.with { database in
            let tenant = try await TestTenant.make(in: database).id
            try await Self.seed(tenant, in: database)
            let plan = try await Self.plan(
                CountTickets<AllTickets>.sql,
                "\(Self.types), bigint",
                "'\(tenant)', \(Self.none), 10001",
                of: tenant,
                in: database
            )
            #expect(Self.rows(plan) == 10_001, "\(plan)")
            let few = try await Self.plan(
                CountTickets<AllTickets>.sql,
                "\(Self.types), bigint",
                "'\(tenant)', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '2026-01-01T05:00:00Z', NULL, NULL, NULL, 10001",
                of: tenant,
                in: database
            )
            #expect(few.contains { $0.contains("ticket_created") } && Self.rows(few) <= Self.count - 18_000 + 1, "\(few)")
        }
    }
}
