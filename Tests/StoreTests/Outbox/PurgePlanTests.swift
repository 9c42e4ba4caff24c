import Domain
import Postgres
import Store
import TestSupport
import Testing

/// The plans that the cost of deleting what is old rests on: it follows the rows of a batch, not those of the tenant or of others.
@Suite struct PurgePlanTests {
    /// A statement that deletes a batch, and the table that it reads for that.
    struct Purge: Sendable, CustomTestStringConvertible {
        let role: String
        let sql: String
        let table: String
        let index: String

        var testDescription: String { table }
    }

    private static let limit = 100
    private static let purges = [
        Purge(role: "docket_courier", sql: PurgeDeliveryAttempts.sql, table: "delivery_attempt", index: "_pkey"),
        Purge(role: "docket_courier", sql: GiveUpUnsentMails.sql, table: "outbox", index: "outbox_lane_due"),
        Purge(role: "docket_scheduler", sql: PurgeDeadDeliveries.sql, table: "outbox_dead", index: "outbox_dead_time"),
        Purge(role: "docket_scheduler", sql: PurgeIdempotencyRecords.sql, table: "idempotency_record", index: "idempotency_record_age"),
        Purge(role: "docket_scheduler", sql: PurgeReevaluations.sql, table: "sla_reevaluation", index: "sla_reevaluation_newest"),
        Purge(role: "docket_scheduler", sql: PurgeAbsences.sql, table: "agent_absence", index: "agent_absence_over"),
    ]

    /// 20,000 rows of each table, of the last 200 days, and as many of another tenant; attempts in a table a month.
    private static func seed(_ tenant: TenantID, _ other: TenantID, in database: TestDatabase) async throws {
        try await database.sql(
            """
            SET session_replication_role = replica;
            SELECT docket.ensure_partitions('delivery_attempt', (now() - interval '210 days')::date, 10);
            CREATE TEMPORARY TABLE row_of AS
                SELECT t.id AS tenant_id, gen_random_uuid() AS id, n, now() - make_interval(mins => n * 14) AS at
                FROM generate_series(1, 20000) n, unnest(ARRAY['\(tenant)', '\(other)']::uuid[]) AS t (id);
            INSERT INTO docket.delivery_attempt (tenant_id, at, outbox_id, attempt, kind, outcome, detail, duration_us)
                SELECT tenant_id, at, id, 1, 'webhook', 'delivered', '', 1 FROM row_of;
            INSERT INTO docket.outbox (tenant_id, id, kind, payload, created_at, next_attempt_at)
                SELECT tenant_id, id, 'mail', '{}', at, at FROM row_of;
            INSERT INTO docket.outbox_dead (tenant_id, id, kind, payload, attempts, reason, created_at, died_at)
                SELECT tenant_id, id, 'mail', '{}', 10, '', at, at FROM row_of;
            INSERT INTO docket.idempotency_record (tenant_id, principal, key, fingerprint, status, body, created_at)
                SELECT tenant_id, id, 'k', sha256('x'), 201, '', at FROM row_of;
            INSERT INTO docket.sla_reevaluation (tenant_id, id, cause, configuration_version, state, requested_at, finished_at)
                SELECT tenant_id, id, 'policy', 1, 'done', at, at FROM row_of;
            INSERT INTO docket.agent_absence (tenant_id, id, agent_id, kind, tickets, starts_at, ends_at, created_by_kind, created_at)
                SELECT tenant_id, id, id, 'other', 'all', at - interval '1 hour', at, 'api', at FROM row_of;
            ANALYZE docket.delivery_attempt, docket.outbox, docket.outbox_dead, docket.idempotency_record, docket.sla_reevaluation, docket.agent_absence;
            """
        )
    }

    @Test("A batch reads its own rows, by an index, whatever the planner knows", arguments: purges, [false, true])
    func plans(_ purge: Purge, isGeneric: Bool) async throws {
        try await TestDatabase.with { database in
            let tenant = try await TestTenant.make(in: database).id
            try await Self.seed(tenant, try await TestTenant.make(in: database).id, in: database)
            // As the role is set up (sql/roles.sql).
            let plan = try await database.sql(
                """
                SET plan_cache_mode = \(isGeneric ? "force_generic_plan" : "force_custom_plan");
                SET enable_seqscan = off;
                SET ROLE \(purge.role);
                BEGIN;
                SELECT docket.set_tenant('\(tenant)');
                PREPARE purge (uuid, integer, bigint) AS \(purge.sql);
                EXPLAIN (ANALYZE, TIMING OFF, COSTS OFF) EXECUTE purge ('\(tenant)', 90, \(Self.limit));
                """
            ).compactMap(\.first)
            #expect(plan.contains { $0.contains(purge.index) }, "\(plan)")
            #expect(!plan.contains { $0.contains("Seq Scan") }, "\(plan)")
            for line in plan where line.contains("Scan") && line.contains(" on \(purge.table)") {
                let read = line.firstMatch(of: /actual rows=(\d+) loops=(\d+)/).flatMap { match in
                    Int(match.1).flatMap { rows in Int(match.2).map { rows * $0 } }
                }
                #expect((read ?? 0) <= 2 * Self.limit, "\(line)\n\(plan)")
            }
        }
    }

    @Test("Tenants with something old are found by a look or two each")
    func discovery() async throws {
        try await TestDatabase.with { database in
            let tenant = try await TestTenant.make(in: database).id
            let other = try await TestTenant.make(in: database).id
            try await database.sql(
                """
                SET session_replication_role = replica;
                INSERT INTO docket.delivery_attempt (tenant_id, at, outbox_id, attempt, kind, outcome, detail, duration_us)
                    SELECT t.id, now() - t.age, gen_random_uuid(), 1, 'webhook', 'delivered', '', 1
                    FROM (VALUES ('\(tenant)'::uuid, interval '91 days'), ('\(other)', interval '89 days')) AS t (id, age);
                INSERT INTO docket.agent_absence (tenant_id, id, agent_id, kind, tickets, starts_at, ends_at, created_by_kind, created_at, next_at)
                    SELECT t.id, t.id, t.id, 'other', 'all', 'epoch', now() - interval '731 days', 'api', now(), t.next
                    FROM (VALUES ('\(tenant)'::uuid, now()), ('\(other)', NULL)) AS t (id, next);
                """
            )
            try await database.withClient(role: "docket_courier") { client in
                let store = Database(client: client)
                #expect(try await store.tenantsWithOldDeliveries(olderThanDays: 90) == [tenant])
                try await database.sql(
                    """
                    INSERT INTO docket.outbox (tenant_id, id, kind, payload, created_at, next_attempt_at)
                        VALUES ('\(other)', gen_random_uuid(), 'mail', '{}', now(), now() - interval '91 days')
                    """
                )
                #expect(try await store.tenantsWithOldDeliveries(olderThanDays: 90) == [tenant, other])
                #expect(try await store.tenantsWithOldDeliveries(olderThanDays: 92) == [])
            }
            try await database.withClient(role: "docket_scheduler") { client in
                let found = try await Database(client: client).tenantsWithOldAbsences(overForDays: 730)
                #expect(found == [other])
            }
        }
    }
}
