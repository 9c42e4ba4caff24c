import Courier
import Domain
import HTTPTypes
import Hummingbird
import NIOCore
import Postgres
import Store
import Synchronization
import TestSupport
import Testing
import UseCases

/// What a courier does with rows that can be delivered.
@Suite struct CourierDeliveryTests {
    @Test func arrivesSignedAtARealReceiver() async throws {
        try await TestDatabase.with { database in
            let desk = try await DeliveryDesk.make(in: database)
            let transport = HTTPWebhookTransport(egress: EgressGuard(policy: .development))
            try await WebhookReceiver.with { receiver in
                try await desk.addRows(3, to: try await desk.addEndpoint(receiver.url))
                try await CourierHarness(database: database).run(transport) { try await desk.expectEmptied() }
                let secret = try #require(WebhookSecret(DeliveryDesk.secret))
                let all = receiver.received
                #expect(Set(all.map(\.id)).count == 3)
                for delivery in all {
                    #expect(
                        WebhookSignature.isValid(delivery.signature, id: delivery.id, unixSeconds: delivery.time, body: delivery.body, secret: secret)
                    )
                    #expect(String(decoding: delivery.body, as: UTF8.self).hasSuffix(#""type":"ticket.state_changed"}"#))
                }
            }
            await transport.shutdown()
            #expect(try await desk.count("delivery_attempt", where: "outcome = 'delivered' AND status_code = 200") == 3)
        }
    }

    @Test func twoCouriersDeliverEachRowOnce() async throws {
        try await TestDatabase.with { database in
            let desk = try await DeliveryDesk.make(in: database)
            for _ in 0..<5 {
                try await desk.addRows(40, to: try await desk.addEndpoint("https://example.com/hook"))
            }
            let transport = RecordingWebhookTransport(status: 204)
            let harness = CourierHarness(database: database)
            try await harness.run(transport) {
                try await harness.run(transport) {
                    try await desk.expectEmptied()
                }
            }
            #expect(transport.sent.count == 200)
            #expect(Set(transport.sent.map(\.id)).count == 200)
            #expect(try await desk.count("delivery_attempt", where: "outcome = 'delivered' AND attempt = 1") == 200)
        }
    }

    @Test func aNotificationWakesItAndNothingElseIsNeeded() async throws {
        try await TestDatabase.with { database in
            let desk = try await DeliveryDesk.make(in: database)
            let endpoint = try await desk.addEndpoint("https://example.com/hook")
            let transport = RecordingWebhookTransport(status: 200)
            // No listener: every notification is lost, and the poll finds the row.
            try await CourierHarness(database: database).run(transport) {
                try await desk.addRows(1, to: endpoint)
                try await desk.expectEmptied()
            }
            // No poll worth the name: only the notification can wake it.
            let listener = ListenService(configuration: try database.configuration(role: "docket_courier"), logger: TestServer.logger)
            var harness = CourierHarness(database: database)
            harness.configuration.pollInterval = .seconds(3_600)
            harness.wakeUps = WakeUpSource(listener: listener)
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try await listener.run() }
                try await harness.run(transport) {
                    try await desk.addRows(1, to: endpoint)
                    #expect(
                        try await eventually {
                            try await desk.sql("SELECT pg_notify('docket_outbox', '')")
                            return try await desk.count("outbox") == 0
                        }
                    )
                }
                group.cancelAll()
            }
            #expect(transport.sent.count == 2)
        }
    }

    @Test func mailKeepsItsMessageIDAndWhatIsRefusedForGoodIsBuried() async throws {
        try await TestDatabase.with(hasTestClock: true) { database in
            let desk = try await DeliveryDesk.make(in: database)
            var harness = CourierHarness(database: database)
            let id = OutboxMessageID(high: 7, low: 7)
            let sender = try #require(EmailAddress("desk@example.com"))
            let messageID = MessageIdentifier(tenant: desk.tenant, delivery: id, sender: sender)
            try await desk.addMail(id, to: "a@example.com")

            let busy = RecordingMailTransport(failure: .refused(.recipient, SMTPReply(code: 450, lines: ["later"])))
            harness.mail = busy
            try await harness.run(RecordingWebhookTransport(status: 200)) {
                try await expectSoon { try await desk.count("delivery_attempt", where: "status_code = 450") == 1 }
            }
            try await database.advanceClock(by: 10)
            let kind = RecordingMailTransport()
            harness.mail = kind
            try await harness.run(RecordingWebhookTransport(status: 200)) {
                try await desk.expectEmptied()
            }
            // The same bytes at both attempts.
            #expect(busy.sent == kind.sent)
            #expect(kind.sent.first?.contains("Message-ID: <\(messageID.text)>") == true)

            try await desk.addMail(OutboxMessageID(high: 8, low: 8), to: "gone@example.com")
            harness.mail = RecordingMailTransport(failure: .refused(.recipient, SMTPReply(code: 550, lines: ["5.1.1 no such user"])))
            try await harness.run(RecordingWebhookTransport(status: 200)) {
                try await desk.expectEmptied()
            }
            let reason = "the mail server refused RCPT with 550 (5.1.1)"
            #expect(try await desk.count("outbox_dead", where: "kind = 'mail' AND reason = '\(reason)'") == 1)
            #expect(try await desk.count("delivery_attempt", where: "kind = 'mail' AND detail = '\(reason)'") == 1)
        }
    }

    /// Settings that are wrong for a while cost delay, not mails.
    @Test func aMailServerThatWantsAnAccountBuriesNoMail() async throws {
        try await TestDatabase.with(hasTestClock: true) { database in
            let desk = try await DeliveryDesk.make(in: database)
            var harness = CourierHarness(database: database)
            try await desk.addMails(3, to: "a@example.com")
            harness.mail = RecordingMailTransport(failure: .refused(.sender, SMTPReply(code: 530, lines: ["5.7.0 Authentication required"])))
            try await harness.run(RecordingWebhookTransport(status: 200)) {
                try await expectSoon { try await desk.count("delivery_attempt", where: "status_code = 530") == 3 }
            }
            #expect(try await desk.count("outbox_dead") == 0)
            try await database.advanceClock(by: 10)
            let mended = RecordingMailTransport()
            harness.mail = mended
            try await harness.run(RecordingWebhookTransport(status: 200)) {
                try await desk.expectEmptied()
            }
            #expect(mended.sent.count == 3)
            #expect(try await desk.count("outbox_dead") == 0)
        }
    }

    @Test func withoutAMailServerMailWaits() async throws {
        try await TestDatabase.with { database in
            let desk = try await DeliveryDesk.make(in: database)
            try await desk.addMail(OutboxMessageID(high: 7, low: 7), to: "a@example.com")
            let endpoint = try await desk.addEndpoint("https://example.com/hook")
            try await desk.addRows(1, to: endpoint)
            try await CourierHarness(database: database).run(RecordingWebhookTransport(status: 200)) {
                try await expectSoon { try await desk.count("outbox") == 1 }
            }
            #expect(try await desk.count("outbox", where: "kind = 'mail' AND attempts = 0") == 1)
        }
    }
}
