import Domain
import Store
import TestSupport
import Testing

/// What a dispatcher may see across tenants.
@Suite struct RoutingDiscoveryTests {
    @Test func pagesGoOverAllQueuesOnce() async throws {
        try await TestDatabase.with { database in
            try await database.sql(
                """
                SET session_replication_role = replica;
                INSERT INTO docket.tenant SELECT gen_random_uuid(), 't' || n, 't', 1 + n % 3, n % 10 <> 0, now() FROM generate_series(1, 700) n;
                INSERT INTO docket.routing_signal SELECT t.id, q, gen_random_uuid()
                    FROM docket.tenant t, (VALUES ('00000000-0000-0000-0000-000000000001'::uuid), ('ffffffff-0000-0000-0000-000000000001')) AS q (q),
                        generate_series(1, 3);
                """
            )
            try await database.withClient(role: "docket_dispatcher") { client in
                let database = Database(client: client)
                var lanes: [RoutingLane] = []
                var position: RoutingLane?
                var pages = 0
                repeat {
                    let page = try await database.discoverRouting(after: position)
                    lanes += page.lanes
                    position = page.next
                    pages += 1
                } while position != nil && pages < 10
                // One tenant in ten is suspended.
                #expect(lanes.count == 630 * 2)
                #expect(Set(lanes).count == lanes.count)
                #expect(pages == 2)
                #expect(Set(lanes.map(\.weight)) == [1, 2, 3])
            }
        }
    }

    @Test("What stays due for a suspended tenant hides nobody else's steps, asks for no look, and is no backlog")
    func suspendedSteps() async throws {
        try await TestDatabase.with { database in
            let (suspended, served) = ("00000000-0000-0000-0000-00000000000a", "00000000-0000-0000-0000-00000000000b")
            try await database.sql(
                """
                SET session_replication_role = replica;
                INSERT INTO docket.tenant VALUES ('\(suspended)', 'a', 'A', 1, false, now()), ('\(served)', 'b', 'B', 1, true, now());
                INSERT INTO docket.routing_lane (tenant_id, queue_id, look_at)
                    SELECT '\(suspended)', gen_random_uuid(), docket.now() - interval '1 hour' FROM generate_series(1, 1100);
                INSERT INTO docket.routing_entry (tenant_id, queue_id, ticket_id, ticket_version, class_key, priority, eligible_at, rank_at, weight,
                        required_skills, required_levels, optional_skills, optional_ranks, next_step_at)
                    SELECT '\(suspended)', gen_random_uuid(), gen_random_uuid(), 1, 1, 3, docket.now(), docket.now(), 1,
                        '{}', '{}', '{}', '{}', docket.now() - interval '1 hour'
                    FROM generate_series(1, 1100);
                """
            )
            try await database.withClient(role: "docket_dispatcher") { client in
                let store = Database(client: client)
                #expect(try await store.discoverRouting(after: nil).lanes.isEmpty)
                #expect(try await store.discoverRouting(after: nil).untilNextStep == nil)
                #expect(try await store.routingBacklog().waiting == 0)
                try await database.sql(
                    """
                    SET session_replication_role = replica;
                    INSERT INTO docket.routing_lane (tenant_id, queue_id, look_at)
                        VALUES ('\(served)', gen_random_uuid(), docket.now() - interval '1 second'), ('\(served)', gen_random_uuid(), docket.now() + interval '1 hour');
                    """
                )
                let found = try await store.discoverRouting(after: nil)
                #expect(found.lanes.map(\.tenant.description) == [served])
                #expect(found.lanes.map(\.isStepDue) == [true])
                try await database.sql("UPDATE docket.tenant SET active = true")
                #expect(try await store.discoverRouting(after: nil).lanes.count > 1)
                #expect(try await store.routingBacklog().waiting == 1_100)
            }
        }
    }

    @Test("Thousands that are due in one tenant's queue hide nobody else's steps; each queue is named once, and the first time to come is told")
    func oneTenantsBacklog() async throws {
        try await TestDatabase.with { database in
            let (busy, other) = ("00000000-0000-0000-0000-00000000000a", "ffffffff-0000-0000-0000-00000000000b")
            try await database.sql(
                """
                SET session_replication_role = replica;
                INSERT INTO docket.tenant VALUES ('\(busy)', 'a', 'A', 1, true, now()), ('\(other)', 'b', 'B', 3, true, now());
                INSERT INTO docket.routing_lane (tenant_id, queue_id, look_at)
                    VALUES ('\(busy)', '\(busy)', docket.now() - interval '1 hour'), ('\(other)', '\(other)', docket.now() + interval '1 hour');
                INSERT INTO docket.routing_entry (tenant_id, queue_id, ticket_id, ticket_version, class_key, priority, eligible_at, rank_at, weight,
                        required_skills, required_levels, optional_skills, optional_ranks, next_step_at)
                    SELECT t.id, t.id, gen_random_uuid(), 1, 1, 3, docket.now(), docket.now(), 1, '{}', '{}', '{}', '{}', docket.now() - t.late
                    FROM (VALUES ('\(busy)'::uuid, interval '1 hour', 2500), ('\(other)', interval '1 second', 1)) AS t (id, late, count),
                        generate_series(1, t.count);
                """
            )
            try await database.withClient(role: "docket_dispatcher") { client in
                let store = Database(client: client)
                let found = try await store.discoverRouting(after: nil)
                #expect(Set(found.lanes.map(\.tenant.description)) == [busy, other])
                #expect(Set(found.lanes.map(\.weight)) == [1, 3])
                #expect(found.untilNextStep.map { $0 > 3_590_000_000 } == true)
                try await database.sql("UPDATE docket.tenant SET active = false WHERE id = '\(busy)'")
                let served = try await store.discoverRouting(after: nil)
                #expect(served.lanes.map(\.tenant.description) == [other])
            }
        }
    }

    @Test("Where more queues are due than one look takes, each has its turn, the last tenant's, too")
    func manyQueues() async throws {
        try await TestDatabase.with { database in
            // As the ids of tenants are: all of one time.
            try await database.sql(
                """
                SET session_replication_role = replica;
                INSERT INTO docket.tenant SELECT ('01a20000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid, 't' || n, 't', 1, true, now()
                    FROM generate_series(1, 400) n;
                INSERT INTO docket.routing_entry (tenant_id, queue_id, ticket_id, ticket_version, class_key, priority, eligible_at, rank_at, weight,
                        required_skills, required_levels, optional_skills, optional_ranks, next_step_at)
                    SELECT t.id, gen_random_uuid(), gen_random_uuid(), 1, 1, 3, docket.now(), docket.now(), 1, '{}', '{}', '{}', '{}',
                        docket.now() - interval '1 hour'
                    FROM docket.tenant t, generate_series(1, 5);
                """
            )
            try await database.withClient(role: "docket_dispatcher") { client in
                let store = Database(client: client)
                var seen: Set<RoutingLane> = []
                // Half of them in each look: a queue that forty miss is one that none takes.
                for _ in 1...40 { seen.formUnion(try await store.discoverRouting(after: nil).lanes) }
                #expect(seen.count == 2_000)
            }
        }
    }

    @Test("Agents are counted over all tenants by what is true now: offline by lease, shift or absence; a suspended tenant's do not count")
    func agentsAreCounted() async throws {
        try await TestDatabase.with { database in
            let first = try await TestTenant.make(in: database)
            let second = try await TestTenant.make(in: database)
            let suspended = try await TestTenant.make(in: database)
            for tenant in [first, second, suspended] { _ = try await tenant.addAgent() }
            _ = try await second.addAgent(isOnline: false)
            let away = try await first.addAgent()
            let gone = try await first.addAgent()
            let (absent, offShift) = (try await first.addAgent(), try await second.addAgent())
            let back = try await second.addAgent()
            try await database.sql(
                """
                UPDATE docket.agent SET absent_from = docket.now() - interval '1 hour', absent_until = docket.now() + interval '1 hour' WHERE id = '\(absent)';
                UPDATE docket.agent SET absent_from = docket.now() - interval '2 hours', absent_until = docket.now() - interval '1 hour' WHERE id = '\(back)';
                UPDATE docket.agent_presence SET shift_ends_at = docket.now() - interval '1 second' WHERE agent_id = '\(offShift)';
                UPDATE docket.agent_presence SET shift_ends_at = docket.now() - interval '1 hour', shift_resumes_at = docket.now() - interval '1 second'
                    WHERE agent_id = '\(back)';
                UPDATE docket.agent_presence SET status = 'away' WHERE agent_id = '\(away)';
                UPDATE docket.agent_presence SET lease_until = docket.now() - interval '1 second' WHERE agent_id = '\(gone)';
                UPDATE docket.tenant SET active = false WHERE id = '\(suspended.id)';
                """
            )
            try await database.withClient(role: "docket_dispatcher") { client in
                let counts = try await Database(client: client).agentCounts()
                #expect((counts.online, counts.away, counts.offline) == (3, 1, 4))
            }
        }
    }

    @Test func withoutWorkThereIsNothing() async throws {
        try await TestDatabase.with { database in
            _ = try await TestTenant.make(in: database)
            try await database.withClient(role: "docket_dispatcher") { client in
                let found = try await Database(client: client).discoverRouting(after: nil)
                #expect(found.lanes.isEmpty)
                #expect(found.next == nil)
                #expect(found.untilNextStep == nil)
                let backlog = try await Database(client: client).routingBacklog()
                #expect(backlog.waiting == 0)
                #expect(backlog.oldestAge == 0)
            }
        }
    }
}
