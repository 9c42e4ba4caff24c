import Domain
import Postgres
import Store
import TestSupport
import Testing

/// A pass that meets another dispatcher reads nothing of the queue: what it would read is of no use to it, and the more passes there are the more of
/// them meet.
@Suite struct HeldLaneTests {
    @Test func readsNothingOfALaneThatAnotherHolds() async throws {
        try await TestDatabase.with { database in
            let tenant = try await TestTenant.make(in: database)
            _ = try await tenant.addAgent()
            try await database.sql(
                """
                SET session_replication_role = replica;
                INSERT INTO docket.routing_entry (tenant_id, ticket_id, queue_id, class_key, rank_at, eligible_at, priority, weight,
                        required_skills, required_levels, optional_skills, optional_ranks, ticket_version)
                    VALUES ('\(tenant.id)', gen_random_uuid(), '\(tenant.queue)', 1, now(), now(), 3, 1, '{}', '{}', '{}', '{}', 1);
                INSERT INTO docket.routing_refusal (tenant_id, queue_id, class_key, at, reasons)
                    VALUES ('\(tenant.id)', '\(tenant.queue)', 1, now(), '{"reason":"no_capacity","step":0,"agents":{}}');
                """
            )
            try await database.withClient(role: "docket_dispatcher") { client in
                let database = Database(client: client)
                var first = TenantUnit(tenant.id)
                first.add(TakeLane(tenant: tenant.id, queue: tenant.queue))
                let beside = try await database.transaction(first) { _, _ in try await Self.read(tenant, in: database) }
                #expect(beside == Read(isHeld: false, agents: 0, tickets: 0, refusals: 0))
                #expect(try await Self.read(tenant, in: database) == Read(isHeld: true, agents: 1, tickets: 1, refusals: 1))
            }
        }
    }

    private struct Read: Equatable {
        let isHeld: Bool
        let agents: Int
        let tickets: Int
        let refusals: Int
    }

    private static func read(_ tenant: TestTenant, in database: Database) async throws -> Read {
        var unit = TenantUnit(tenant.id)
        let lane = unit.add(TakeLane(tenant: tenant.id, queue: tenant.queue))
        let agents = unit.add(LoadRoutingAgents())
        let front = unit.add(LoadRoutingFront(limit: 10))
        let refusals = unit.add(LoadRefusals())
        let result = try await database.run(unit)
        return Read(
            isHeld: try #require(try result.first(lane)).isHeld,
            agents: try result.rows(agents).count,
            tickets: try result.rows(front).count,
            refusals: try result.rows(refusals).count
        )
    }
}
