import Domain
import Postgres
import Store
import TestSupport
import Testing

/// The plans that the cost of a re-evaluation rests on: it follows the tickets of a part, not those of the tenant.
@Suite struct ReevaluationPlanTests {
    private static let tickets = 20_000

    /// A tenant with many tickets, every tenth of them live, and a re-evaluation that has one part.
    private func seed(_ database: TestDatabase, _ tenant: TestTenant) async throws {
        try await database.sql(
            """
            SET session_replication_role = replica;
            INSERT INTO docket.ticket (tenant_id, id, number, version, last_seq, subject, description, type, channel, state, priority, created_at, updated_at)
                SELECT '\(tenant.id)', gen_random_uuid(), n, 1, 1, 's', '', 'incident', 'api', CASE WHEN n % 10 = 0 THEN 'in_progress' ELSE 'closed' END, 3, now(), now()
                FROM generate_series(1, \(Self.tickets)) n;
            INSERT INTO docket.sla_ledger (tenant_id, ticket_id, document) SELECT tenant_id, id, '{}' FROM docket.ticket;
            INSERT INTO docket.sla_reevaluation (tenant_id, id, cause, configuration_version, state, requested_at)
                VALUES ('\(tenant.id)', '\(tenant.id)', 'policy', 1, 'running', now());
            INSERT INTO docket.sla_reevaluation_part (tenant_id, reevaluation_id, number, tickets, not_before)
                SELECT '\(tenant.id)', '\(tenant.id)', n, array(SELECT id FROM docket.ticket WHERE state = 'in_progress' ORDER BY id OFFSET n LIMIT 100), now()
                FROM generate_series(1, 500) n;
            ANALYZE docket.ticket, docket.sla_ledger, docket.sla_reevaluation, docket.sla_reevaluation_part;
            """
        )
    }

    private func plan(_ sql: String, types: String, arguments: String, isGeneric: Bool, in database: TestDatabase, tenant: TestTenant) async throws
        -> [String]
    {
        try await database.sql(
            """
            SET plan_cache_mode = \(isGeneric ? "force_generic_plan" : "force_custom_plan");
            SET ROLE docket_scheduler;
            BEGIN;
            SELECT docket.set_tenant('\(tenant.id)');
            PREPARE examined (\(types)) AS \(sql);
            EXPLAIN (ANALYZE, TIMING OFF, COSTS OFF) EXECUTE examined ('\(tenant.id)', \(arguments));
            """
        ).compactMap(\.first)
    }

    @Test(arguments: [false, true]) func ticketsOfAPartAreReadByTheirKeys(isGeneric: Bool) async throws {
        try await TestDatabase.with { database in
            let tenant = try await TestTenant.make(in: database)
            try await seed(database, tenant)
            let ids = try await database.sql("SELECT tickets FROM docket.sla_reevaluation_part WHERE number = 7")[0][0]
            for (sql, further, index) in [
                (LockFreeTickets.sql, ("bool", "true"), "ticket_pkey"), (LockFreeTickets.sql, ("bool", "false"), "ticket_pkey"),
                (LoadLedgers.sql, nil, "sla_ledger_pkey"),
            ] as [(String, (type: String, value: String)?, String)] {
                let types = (["uuid", "uuid[]"] + [further?.type].compactMap(\.self)).joined(separator: ", ")
                let arguments = (["'\(ids)'"] + [further?.value].compactMap(\.self)).joined(separator: ", ")
                let plan = try await plan(sql, types: types, arguments: arguments, isGeneric: isGeneric, in: database, tenant: tenant)
                #expect(plan.contains { $0.contains("Index") && $0.contains(index) }, "\(plan)")
                #expect(!plan.contains { $0.contains("Seq Scan") }, "\(plan)")
            }
        }
    }

    @Test(arguments: [false, true]) func onePartIsClaimedByItsKey(isGeneric: Bool) async throws {
        try await TestDatabase.with { database in
            let tenant = try await TestTenant.make(in: database)
            try await seed(database, tenant)
            let sql = ClaimReevaluationPart.sql
            let plan = try await database.sql(
                """
                SET plan_cache_mode = \(isGeneric ? "force_generic_plan" : "force_custom_plan");
                SET ROLE docket_scheduler;
                BEGIN;
                SELECT docket.set_tenant('\(tenant.id)');
                PREPARE claim (uuid) AS \(sql);
                EXPLAIN (ANALYZE, TIMING OFF, COSTS OFF) EXECUTE claim ('\(tenant.id)');
                """
            ).compactMap(\.first)
            let scan = try #require(plan.first { $0.contains("sla_reevaluation_part") && $0.contains("Scan") })
            #expect(scan.contains("sla_reevaluation_part_pkey") && scan.contains("rows=1 "), "\(plan)")
        }
    }

    /// A division reads as many tickets as it is told to, in the order of their ids, whatever the tenant has.
    @Test(arguments: [false, true]) func aDivisionReadsABoundedNumberOfTickets(isGeneric: Bool) async throws {
        try await TestDatabase.with { database in
            let tenant = try await TestTenant.make(in: database)
            try await seed(database, tenant)
            try await database.sql("DELETE FROM docket.sla_reevaluation_part")
            let plan = try await plan(
                DivideReevaluation.sql,
                types: "uuid, uuid, bigint, bigint",
                arguments: "'\(tenant.id)', 1000, 50",
                isGeneric: isGeneric,
                in: database,
                tenant: tenant
            )
            let scan = try #require(plan.first { $0.contains(" on ticket k") })
            #expect(scan.contains("ticket_pkey") && scan.contains("rows=1000 "), "\(plan)")
        }
    }
}
