import Courier
import Domain
import Store
import TestSupport
import Testing
import UseCases

/// What a courier does when something fails (reliability.md F12, F13, 1).
@Suite struct CourierFaultTests {
    @Test func triesByTheScheduleAndThenBuries() async throws {
        try await TestDatabase.with(hasTestClock: true) { database in
            let desk = try await DeliveryDesk.make(in: database)
            let endpoint = try await desk.addEndpoint("https://example.com/hook")
            try await desk.addRows(1, to: endpoint)
            let transport = RecordingWebhookTransport { _ throws(WebhookTransportError) in WebhookResponse(status: 500, excerpt: "broken") }
            for attempt in 1...WebhookRetrySchedule.maximumAttempts {
                // A courier of its own for each: the pauses of its circuit run by the real clock.
                try await CourierHarness(database: database).run(transport) {
                    try await expectSoon { try await desk.count("delivery_attempt") == attempt }
                }
                guard attempt < WebhookRetrySchedule.maximumAttempts else { break }
                let wait = try #require(
                    Double(
                        try await desk.value(
                            "SELECT extract(epoch FROM next_attempt_at - (SELECT max(at) FROM docket.delivery_attempt)) FROM docket.outbox"
                        ) ?? ""
                    )
                )
                let scheduled = Double(WebhookRetrySchedule.waits[attempt])
                #expect(wait >= scheduled * 0.8 - 0.1 && wait <= scheduled * 1.2 + 0.1, "after attempt \(attempt)")
                try await database.advanceClock(by: wait + 0.1)
            }
            #expect(try await desk.count("outbox") == 0)
            #expect(
                try await desk.value("SELECT reason || ', ' || attempts FROM docket.outbox_dead")
                    == "not delivered in 10 attempts: the endpoint answered 500, 10"
            )
            #expect(Set(transport.sent.map(\.id)).count == 1)
            #expect(Set(transport.sent.map(\.body)).count == 1)
            #expect(try await desk.count("delivery_attempt", where: "outcome = 'failed' AND status_code = 500 AND detail = 'broken'") == 10)
        }
    }

    @Test func retryAfterPutsTheNextAttemptOff() async throws {
        try await TestDatabase.with { database in
            let desk = try await DeliveryDesk.make(in: database)
            try await desk.addRows(1, to: try await desk.addEndpoint("https://example.com/hook"))
            let transport = RecordingWebhookTransport { _ throws(WebhookTransportError) in WebhookResponse(status: 429, retryAfter: "7200") }
            try await CourierHarness(database: database).run(transport) {
                try await expectSoon { try await desk.count("delivery_attempt") == 1 }
            }
            #expect(try await desk.count("outbox", where: "next_attempt_at > docket.now() + interval '7100 seconds'") == 1)
        }
    }

    @Test func goneDisablesTheEndpointAndDropsItsRows() async throws {
        try await TestDatabase.with { database in
            let desk = try await DeliveryDesk.make(in: database)
            let endpoint = try await desk.addEndpoint("https://example.com/hook")
            try await desk.addRows(20, to: endpoint)
            let transport = RecordingWebhookTransport(status: 410)
            try await CourierHarness(database: database).run(transport) {
                try await desk.expectEmptied()
            }
            #expect(transport.sent.count == 1)
            #expect(try await desk.value("SELECT status FROM docket.webhook_endpoint") == "disabled")
            #expect(try await desk.count("delivery_attempt", where: "outcome = 'dropped'") == 19)
        }
    }

    @Test func aHangingEndpointDelaysNobody() async throws {
        try await TestDatabase.with { database in
            let desk = try await DeliveryDesk.make(in: database)
            let hanging = try await desk.addEndpoint("https://hang.example.com/hook")
            try await desk.addRows(300, to: hanging)
            for _ in 0..<3 {
                try await desk.addRows(30, to: try await desk.addEndpoint("https://example.com/hook"))
            }
            let transport = RecordingWebhookTransport { request throws(WebhookTransportError) in
                if request.url.hostText == "hang.example.com" { return try await RecordingWebhookTransport.hang() }
                return WebhookResponse(status: 200)
            }
            try await CourierHarness(database: database).run(transport) {
                try await expectSoon { try await desk.count("outbox", where: "endpoint_id <> '\(hanging)'") == 0 }
            }
            // It was given the one attempt of a receiver that has not proved itself.
            #expect(transport.sent.filter { $0.url.hostText == "hang.example.com" }.count == 1)
        }
    }

    @Test func aShutdownGivesBackWhatItStops() async throws {
        try await TestDatabase.with { database in
            let desk = try await DeliveryDesk.make(in: database)
            try await desk.addRows(1, to: try await desk.addEndpoint("https://example.com/hook"))
            let transport = RecordingWebhookTransport { _ throws(WebhookTransportError) in try await RecordingWebhookTransport.hang() }
            var harness = CourierHarness(database: database)
            harness.configuration.drainTime = .milliseconds(50)
            try await harness.runGracefully(transport) {
                try await expectSoon { transport.sent.count == 1 }
            }
            #expect(try await desk.count("outbox", where: "attempts = 0 AND unrecorded = 0 AND next_attempt_at <= docket.now()") == 1)
            #expect(try await desk.count("delivery_attempt") == 0)
        }
    }

    @Test func aShutdownLetsAttemptsEnd() async throws {
        try await TestDatabase.with { database in
            let desk = try await DeliveryDesk.make(in: database)
            try await desk.addRows(1, to: try await desk.addEndpoint("https://example.com/hook"))
            let (gate, opening) = AsyncStream.makeStream(of: Void.self)
            let transport = RecordingWebhookTransport { _ throws(WebhookTransportError) in
                for await _ in gate { break }
                return WebhookResponse(status: 200)
            }
            try await CourierHarness(database: database).runGracefully(transport) {
                try await expectSoon { transport.sent.count == 1 }
                // Answers a little after the shutdown has begun.
                Task {
                    try await Task.sleep(for: .milliseconds(100))
                    opening.finish()
                }
            }
            #expect(try await desk.count("outbox") == 0)
            #expect(try await desk.count("delivery_attempt", where: "outcome = 'delivered'") == 1)
        }
    }

    @Test func lostConnectionsLoseNothing() async throws {
        try await TestDatabase.with(hasTestClock: true) { database in
            try await database.freezeClock()
            let desk = try await DeliveryDesk.make(in: database)
            let endpoint = try await desk.addEndpoint("https://example.com/hook")
            let transport = RecordingWebhookTransport(status: 200)
            try await CourierHarness(database: database).run(transport) {
                for _ in 0..<5 {
                    try await desk.addRows(20, to: endpoint)
                    try await desk.sql(
                        """
                        SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'docket_courier' AND datname = current_database()
                        """
                    )
                }
                // A claim whose answer was lost is taken back, with a clock at which no lease ends.
                try await desk.expectEmptied()
            }
            #expect(Set(transport.sent.map(\.id)).count == 100)
            #expect(try await desk.count("delivery_attempt", where: "outcome = 'delivered'") == 100)
        }
    }

    @Test func aRowThatKeepsKillingTheProcessIsBuriedUnsent() async throws {
        try await TestDatabase.with { database in
            let desk = try await DeliveryDesk.make(in: database)
            let endpoint = try await desk.addEndpoint("https://example.com/hook")
            try await desk.addRows(1, to: endpoint, unrecorded: 3)
            try await desk.addRows(4, to: endpoint, unrecorded: 2)
            let transport = RecordingWebhookTransport(status: 200)
            try await CourierHarness(database: database).run(transport) {
                try await desk.expectEmptied()
            }
            #expect(transport.sent.count == 4)
            #expect(try await desk.count("outbox_dead") == 1)
        }
    }
}
