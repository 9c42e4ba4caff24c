import Courier
import Domain
import Store
import TestSupport
import Testing

/// What a flood costs those who have nothing to do with it (reliability.md F19), and what is new behind a backlog (decision 21).
///
/// Places are counted, not times: they are the same on a busy machine.
@Suite struct CourierFairnessTests {
    /// A receiver that takes its time, like real ones.
    private static func slowly(_ request: WebhookRequest) async throws(WebhookTransportError) -> WebhookResponse {
        do {
            try await Task.sleep(for: .milliseconds(5))
        } catch {
            throw .cancelled
        }
        return WebhookResponse(status: 200)
    }

    @Test func aTenantsFloodDelaysAnotherByAFewTurns() async throws {
        try await TestDatabase.with { database in
            let noisy = try await DeliveryDesk.make(in: database)
            for _ in 0..<40 {
                try await noisy.addRows(100, to: try await noisy.addEndpoint("https://noisy.example.com/hook"), overdue: 60)
            }
            let quiet = try await DeliveryDesk.make(in: database)
            let endpoint = try await quiet.addEndpoint("https://quiet.example.com/hook")
            let transport = RecordingWebhookTransport(Self.slowly)
            let harness = CourierHarness(database: database)
            try await harness.run(transport) {
                try await expectSoon { transport.sent.count > 400 }
                try await quiet.addRows(1, to: endpoint)
                let before = transport.sent.count
                try await expectSoon { transport.sent.contains { $0.url.hostText == "quiet.example.com" } }
                let place = try #require(transport.sent.firstIndex { $0.url.hostText == "quiet.example.com" })
                #expect(place - before <= 4 * harness.configuration.concurrencyPerTenant, "\(place) after \(before)")
            }
        }
    }

    /// There is one mail server, and its room is less than the tenants before have mails: turns decide.
    @Test func tenantsTakeTurnsAtTheMailServer() async throws {
        try await TestDatabase.with { database in
            for _ in 0..<5 {
                try await DeliveryDesk.make(in: database).addMails(100, to: "noisy@example.com", overdue: 60)
            }
            // Its id is the highest: it is found last.
            let quiet = try await DeliveryDesk.make(in: database)
            try await quiet.addMails(2, to: "quiet@example.com")
            let transport = RecordingMailTransport()
            var harness = CourierHarness(database: database)
            harness.mail = transport
            try await harness.run(RecordingWebhookTransport(status: 200)) {
                try await expectSoon { transport.sent.count { $0.contains("quiet@example.com") } == 2 }
            }
            let place = try #require(transport.sent.lastIndex { $0.contains("quiet@example.com") })
            #expect(place <= 6 * harness.configuration.mailConcurrency)
        }
    }

    @Test func whatIsNewDoesNotWaitForItsEndpointsBacklog() async throws {
        try await TestDatabase.with { database in
            let desk = try await DeliveryDesk.make(in: database)
            let endpoint = try await desk.addEndpoint("https://example.com/hook")
            try await desk.addRows(600, to: endpoint, overdue: 60)
            let transport = RecordingWebhookTransport(Self.slowly)
            @Sendable func isNew(_ request: WebhookRequest) -> Bool { String(decoding: request.body, as: UTF8.self).contains(#""number":601,"#) }
            try await CourierHarness(database: database).run(transport) {
                try await expectSoon { transport.sent.count > 100 }
                try await desk.addRows(1, to: endpoint)
                let before = transport.sent.count
                try await expectSoon { transport.sent.contains(where: isNew) }
                let place = try #require(transport.sent.firstIndex(where: isNew))
                #expect(place - before <= 32, "\(place) after \(before)")
                // Neither is the backlog left behind, nor anything sent twice.
                try await desk.expectEmptied()
            }
            #expect(Set(transport.sent.map(\.id)).count == 601 && transport.sent.count == 601)
        }
    }
}
