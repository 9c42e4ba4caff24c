import TestSupport
import Testing

extension SystemTests {
    /// What a killed courier had under way is delivered by the next, long before its lease would end (docs/decisions/0048).
    @Suite("Takeover")
    struct TakeoverTests {
        @Test("kill -9 of a courier in the middle of an attempt: the next one makes it again while the clock stands still")
        func takeover() async throws {
            try await TestDatabase.with(hasTestClock: true) { test in
                try await WebhookReceiver.with { receiver, url in
                    try await SystemDesk.with(try DeskDatabase(test)) { desk in
                        try await desk.start(.api)
                        try await desk.requireReady(.api)
                        let tenant = try await DeskTenant.make("one", on: desk, webhook: url)
                        try await test.freezeClock()
                        receiver.holdNext()
                        #expect(try await DeskLoad(tenants: [tenant], seed: 1).create("held", for: tenant) != nil)
                        // The API carries its reading of the clock forward: what it wrote may lie ahead of one that stands still.
                        try await test.advanceClock(by: 5)
                        let courier = try await desk.start(.courier)
                        let isHeld = try await eventually { receiver.held != nil }
                        let held = try #require(isHeld ? receiver.held : nil)
                        try await courier.destroy()
                        #expect(try await desk.database.number("SELECT count(*) FROM docket.outbox WHERE held_by IS NOT NULL") > 0)
                        try await desk.start(.courier)
                        let isDelivered = try await eventually { try await desk.database.number("SELECT count(*) FROM docket.outbox") == 0 }
                        #expect(isDelivered, "\(desk.log(.courier).suffix(600))")
                        #expect(receiver.counts[held] == 2)
                        #expect(try await desk.database.number("SELECT count(*) FROM docket.courier") == 1)
                    }
                }
            }
        }
    }
}
