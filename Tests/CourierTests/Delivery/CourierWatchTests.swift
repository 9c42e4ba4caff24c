import Domain
import Postgres
import Store
import TestSupport
import Testing
import UseCases

@testable import Courier

/// When a courier takes over what another held (docs/decisions/0048).
@Suite struct CourierWatchTests {
    @Test("After a failure of its own it leaves the others time to come back: it looks again at the third time")
    func afterFailure() {
        var watch = CourierWatch()
        var looks = [watch.looksForOthers()]
        watch.failed()
        for _ in 0..<4 { looks.append(watch.looksForOthers()) }
        #expect(looks == [true, false, false, true, true])
    }

    private func claim(as client: PostgresClient, of lane: DeliveryLane) async throws -> [Delivery] {
        let deliveries = Deliveries(database: Database(client: client))
        _ = try await deliveries.showLife(nil)
        return try await deliveries.claim(of: lane.tenant, rooms: [LaneRoom(lane, room: 3)], limit: 3, takesSuspect: false).deliveries
    }

    @Test("A courier delivers what one held that is gone, and leaves alone what one holds that lives: no lease ends", arguments: [false, true])
    func takesOver(isMail: Bool) async throws {
        try await TestDatabase.with(hasTestClock: true) { database in
            try await database.freezeClock()
            let desk = try await DeliveryDesk.make(in: database)
            let endpoint = isMail ? nil : try await desk.addEndpoint("https://example.com/hook")
            let lane = DeliveryLane(tenant: desk.tenant, endpoint: endpoint)
            if let endpoint { try await desk.addRows(6, to: endpoint) } else { try await desk.addMails(6, to: "a@example.com") }
            try await database.withClient(role: "docket_courier") { living in
                let kept = try await claim(as: living, of: lane)
                let lost = try await database.withClient(role: "docket_courier") { try await claim(as: $0, of: lane) }
                #expect(kept.count == 3 && lost.count == 3)
                let transport = RecordingWebhookTransport(status: 200)
                var harness = CourierHarness(database: database)
                harness.configuration.watchInterval = .milliseconds(20)
                harness.mail = RecordingMailTransport()
                try await harness.run(transport) {
                    try await expectSoon { try await desk.count("outbox") == 3 }
                }
                let left = try await desk.sql("SELECT id FROM docket.outbox").map { $0[0] }
                #expect(Set(left) == Set(kept.map { "\($0.lease.id)" }))
                #expect(try await desk.count("delivery_attempt", where: "outcome = 'delivered' AND attempt = 2") == 3)
            }
        }
    }
}
