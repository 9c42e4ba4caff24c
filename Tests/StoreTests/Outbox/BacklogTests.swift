import Postgres
import Store
import TestSupport
import Testing

/// What the metrics tell of what waits.
@Suite struct BacklogTests {
    @Test("Counting ends at 100,000; the oldest is found beside them")
    func oldest() async throws {
        try await TestDatabase.with { database in
            let (flood, other) = (try await TestTenant.make(in: database).id, try await TestTenant.make(in: database).id)
            try await database.sql(
                """
                SET session_replication_role = replica;
                INSERT INTO docket.outbox (tenant_id, id, kind, payload, created_at, next_attempt_at)
                    SELECT '\(flood)', gen_random_uuid(), 'mail', '{}', docket.now(), docket.now() + interval '1 hour' FROM generate_series(1, 100001);
                INSERT INTO docket.routing_entry (tenant_id, queue_id, ticket_id, ticket_version, class_key, priority, eligible_at, rank_at, weight,
                        required_skills, required_levels, optional_skills, optional_ranks)
                    SELECT '\(flood)', '\(flood)', gen_random_uuid(), 1, 1, 3, docket.now(), docket.now(), 1, '{}', '{}', '{}', '{}'
                    FROM generate_series(1, 100001);
                INSERT INTO docket.outbox (tenant_id, id, kind, payload, created_at, next_attempt_at)
                    VALUES ('\(other)', gen_random_uuid(), 'mail', '{}', docket.now(), docket.now() - interval '1 hour');
                INSERT INTO docket.routing_lane (tenant_id, queue_id) VALUES ('\(flood)', '\(flood)'), ('\(other)', '\(other)');
                INSERT INTO docket.routing_entry (tenant_id, queue_id, ticket_id, ticket_version, class_key, priority, eligible_at, rank_at, weight,
                        required_skills, required_levels, optional_skills, optional_ranks)
                    VALUES ('\(other)', '\(other)', gen_random_uuid(), 1, 1, 3, docket.now() - interval '1 hour', docket.now() - interval '1 hour', 1,
                        '{}', '{}', '{}', '{}');
                """
            )
            let hour: Int64 = 3_600_000_000
            try await database.withClient(role: "docket_courier") { client in
                let backlog = try await Database(client: client).deliveryBacklog()
                #expect(backlog.waiting == 100_000 && backlog.overdue >= hour, "\(backlog)")
            }
            try await database.withClient(role: "docket_dispatcher") { client in
                let backlog = try await Database(client: client).routingBacklog()
                #expect(backlog.waiting == 100_000 && backlog.oldestAge >= hour, "\(backlog)")
            }
            try await database.sql("UPDATE docket.tenant SET active = false WHERE id = '\(other)'")
            try await database.withClient(role: "docket_courier") { client in
                let backlog = try await Database(client: client).deliveryBacklog()
                #expect(backlog.waiting == 100_000 && backlog.overdue == 0, "\(backlog)")
            }
        }
    }
}
