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
