import Domain
import Postgres
import Store
import TestSupport
import Testing

/// What couriers and dispatchers see of a suspended tenant's work: nothing, until it goes on.
@Suite struct SuspendedTenantTests {
    @Test("Its receivers are not found, others' before and behind it are, and its rows are no backlog")
    func deliveries() async throws {
        try await TestDatabase.with { database in
            var made: [OutboxDesk] = []
            for _ in 0..<3 { made.append(try await OutboxDesk.make(in: database)) }
            let desks = made.sorted { $0.tenant < $1.tenant }
            var added: [DeliveryLane] = []
            for desk in desks {
                for _ in 0..<2 {
                    let lane = try await desk.addEndpoint()
                    try await desk.addRows(2, to: lane)
                    added.append(lane)
                }
            }
            let lanes = Set(added)
            let suspended = desks[1].tenant
            try await database.withClient(role: "docket_courier") { client in
                let store = Database(client: client)
                func found(after position: DeliveryLane? = nil) async throws -> Set<DeliveryLane> {
                    Set(try await store.discoverDeliveries(after: position).lanes.map(\.lane))
                }
                #expect(try await found() == lanes)
                try await database.sql("UPDATE docket.tenant SET active = false WHERE id = '\(suspended)'")
                #expect(try await found() == lanes.filter { $0.tenant != suspended })
                let behind = try await found(after: DeliveryLane(tenant: suspended, endpoint: nil))
                #expect(behind == lanes.filter { $0.tenant == desks[2].tenant })
                #expect(try await store.deliveryBacklog().waiting == 8)
                try await database.sql("UPDATE docket.tenant SET active = true")
                #expect(try await found() == lanes)
                #expect(try await store.deliveryBacklog().waiting == 12)
            }
        }
    }
}
