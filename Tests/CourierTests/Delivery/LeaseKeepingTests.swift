import Courier
import Domain
import Store
import Synchronization
import TestSupport
import Testing
import UseCases

/// A lease holds for as long as its attempt lasts; whoever has lost it writes nothing (reliability.md 1).
@Suite struct LeaseKeepingTests {
    /// A receiver that answers once it is let.
    private final class SlowReceiver: Sendable {
        private let mayAnswer = Mutex(false)

        func letAnswer() { mayAnswer.withLock { $0 = true } }

        func transport(status: Int) -> RecordingWebhookTransport {
            RecordingWebhookTransport { _ throws(WebhookTransportError) in
                while !self.mayAnswer.withLock({ $0 }), !Task.isCancelled { try? await Task.sleep(for: .milliseconds(5)) }
                return WebhookResponse(status: status)
            }
        }
    }

    @Test("An attempt that takes longer than a lease keeps it by heartbeats: nobody else makes it, and it is made once")
    func kept() async throws {
        try await TestDatabase.with(hasTestClock: true) { database in
            let desk = try await DeliveryDesk.make(in: database)
            let endpoint = try await desk.addEndpoint("https://example.com/hook")
            try await desk.addRows(1, to: endpoint)
            let receiver = SlowReceiver()
            let transport = receiver.transport(status: 200)
            var harness = CourierHarness(database: database)
            harness.configuration.heartbeatInterval = .milliseconds(20)
            try await harness.run(transport) {
                try await expectSoon { transport.sent.count == 1 }
                for _ in 0..<4 {
                    try await database.advanceClock(by: 20)
                    try await expectSoon { try await desk.count("outbox", where: "next_attempt_at > docket.now() + interval '25 s'") == 1 }
                }
                try await database.withClient(role: "docket_courier") { other in
                    let deliveries = Deliveries(database: Database(client: other))
                    let rooms = [LaneRoom(DeliveryLane(tenant: desk.tenant, endpoint: endpoint), room: 3)]
                    let claim = try await deliveries.claim(of: desk.tenant, rooms: rooms, limit: 3, takesSuspect: true)
                    #expect(claim.deliveries.isEmpty)
                }
                receiver.letAnswer()
                try await desk.expectEmptied()
            }
            #expect(transport.sent.count == 1)
            #expect(try await desk.count("delivery_attempt") == 1)
            #expect(try await desk.count("delivery_attempt", where: "outcome = 'delivered' AND attempt = 1") == 1)
        }
    }

    @Test("A lease that was not kept is another's: what the first holder hears late is written nowhere")
    func lost() async throws {
        try await TestDatabase.with(hasTestClock: true) { database in
            let desk = try await DeliveryDesk.make(in: database)
            try await desk.addRows(1, to: try await desk.addEndpoint("https://example.com/hook"))
            let receiver = SlowReceiver()
            let late = receiver.transport(status: 500)
            var stuck = CourierHarness(database: database)
            stuck.configuration.heartbeatInterval = .seconds(3_600)
            stuck.configuration.pollInterval = .seconds(3_600)
            // Its end waits for the answer and for what is made of it.
            try await stuck.runGracefully(late) {
                try await expectSoon { late.sent.count == 1 }
                try await database.advanceClock(by: 31)
                try await CourierHarness(database: database).run(RecordingWebhookTransport(status: 200)) { try await desk.expectEmptied() }
                receiver.letAnswer()
            }
            #expect(try await desk.count("outbox") == 0)
            #expect(try await desk.count("outbox_dead") == 0)
            #expect(try await desk.sql("SELECT outcome, attempt FROM docket.delivery_attempt") == [["delivered", "2"]])
            #expect(try await desk.count("webhook_endpoint", where: "status = 'active' AND failing_since IS NULL") == 1)
        }
    }
}
