import Domain
import Foundation
import Postgres
import Store
import TestSupport
import Testing

/// What a pass and a look read of the queue whose lane they hold (``HeldLane``): by the same indexes as by the ids, although the statements name no
/// tenant and no queue.
@Suite struct LaneLookPlanTests {
    private struct Form {
        let found: String
        /// With the tenant and the queue as the last parameters.
        let given: String
        /// The type and the value of the statement's own parameter.
        var own: (type: String, value: String)?

        /// What comes before the lane is held.
        static var lane: Form { Form(found: TakeFoundLane.sql, given: TakeLane.sql) }

        static func reading(_ sql: String, own: (type: String, value: String)? = nil) -> Form {
            let first = own == nil ? 1 : 2
            let given = sql.replacingOccurrences(of: HeldLane.tenant, with: "$\(first)")
                .replacingOccurrences(of: HeldLane.queue, with: "$\(first + 1)")
            return Form(found: sql, given: given, own: own)
        }
    }

    private static var forms: [Form] {
        [.lane, .reading(LoadRoutingAgents.sql), .reading(LoadRefusals.sql), .reading(LoadRoutingFront.sql, own: ("bigint", "50"))]
    }

    /// 30,000 tickets, 5,000 signals and reasons and 100 agents in each of two tenants; also where the plan was made when a look had found nothing.
    @Test(arguments: [false, true], [false, true]) func comesFromTheIndexes(isAnalyzed: Bool, isPlannedBefore: Bool) async throws {
        try await TestDatabase.with { database in
            let tenants = [try await TestTenant.make(in: database), try await TestTenant.make(in: database)]
            for tenant in tenants {
                try await database.sql(
                    """
                    SET session_replication_role = replica;
                    INSERT INTO docket.routing_entry (tenant_id, ticket_id, queue_id, class_key, rank_at, eligible_at, priority, weight,
                            required_skills, required_levels, optional_skills, optional_ranks, ticket_version)
                        SELECT '\(tenant.id)', gen_random_uuid(), '\(tenant.queue)', n % 20, now() + n * interval '1 ms', now(), 3, 1, '{}', '{}', '{}', '{}', 1
                        FROM generate_series(1, 30000) n;
                    INSERT INTO docket.routing_signal SELECT '\(tenant.id)', '\(tenant.queue)', gen_random_uuid() FROM generate_series(1, 5000);
                    INSERT INTO docket.routing_refusal (tenant_id, queue_id, class_key, at, reasons)
                        SELECT '\(tenant.id)', '\(tenant.queue)', n, now(), '{}' FROM generate_series(1, 5000) n;
                    INSERT INTO docket.agent (tenant_id, id, name, email, created_at, updated_at)
                        SELECT '\(tenant.id)', gen_random_uuid(), 'A', n || '@example.com', now(), now() FROM generate_series(1, 100) n;
                    INSERT INTO docket.agent_load (tenant_id, agent_id, capacity) SELECT tenant_id, id, 5 FROM docket.agent WHERE tenant_id = '\(tenant.id)';
                    INSERT INTO docket.queue_member (tenant_id, queue_id, agent_id, tier)
                        SELECT tenant_id, '\(tenant.queue)', id, 0 FROM docket.agent WHERE tenant_id = '\(tenant.id)';
                    \(isAnalyzed ? "ANALYZE;" : "")
                    """
                )
            }
            let tenant = tenants[1]
            for form in Self.forms {
                let (type, value) = (form.own.map { "(\($0.type))" } ?? "", form.own.map { "(\($0.value))" } ?? "")
                let found = try await Self.plan(
                    """
                    PREPARE read \(type) AS \(form.found);
                    \(isPlannedBefore ? "EXECUTE read \(value);" : "")
                    """,
                    "read \(value)",
                    of: tenant,
                    in: database
                )
                let given = try await Self.plan(
                    "PREPARE read (\(form.own.map { "\($0.type), " } ?? "")uuid, uuid) AS \(form.given);",
                    "read (\(form.own.map { "\($0.value), " } ?? "")'\(tenant.id)', '\(tenant.queue)')",
                    of: tenant,
                    in: database
                )
                #expect(!found.isEmpty && found == given)
                #expect(!found.contains { $0.contains("Seq Scan") })
                if form.own != nil { #expect(found == ["Index Scan using routing_entry_front on routing_entry r (actual rows=50 loops=1)"]) }
            }
        }
    }

    /// What reads and joins, with the rows that it gave.
    private static func plan(_ preparation: String, _ call: String, of tenant: TestTenant, in database: TestDatabase) async throws -> [String] {
        let lines = try await database.sql(
            """
            SET ROLE docket_dispatcher;
            SET enable_seqscan = off;
            SET plan_cache_mode = force_generic_plan;
            \(preparation)
            BEGIN;
            SELECT docket.set_tenant('\(tenant.id)'), set_config('app.queue_id', '\(tenant.queue)', true);
            EXPLAIN (ANALYZE, TIMING OFF, COSTS OFF) EXECUTE \(call);
            """
        ).compactMap(\.first)
        return lines.compactMap { line in line.firstMatch(of: /\w.*(Scan|Join|Loop|Sort|Delete).*\(actual.*/).map { String($0.0) } }
    }
}
