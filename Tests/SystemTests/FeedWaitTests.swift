import Foundation
import TestSupport
import Testing

extension SystemTests {
    /// A client that waits for events, on the real listening session.
    @Suite("Waiting for events")
    struct FeedWaitTests {
        @Test("Who waits on a quiet desk looks once a second, and is told at once when there is something")
        func looks() async throws {
            try await TestDatabase.with { test in
                try await SystemDesk.with(try DeskDatabase(test)) { desk in
                    _ = try await desk.start(.api)
                    try await desk.requireReady(.api)
                    _ = try await desk.operate("tenant", "create", "one")
                    let key = try await desk.operate("key", "create", "--tenant", "one")
                    // The listening session is there, and the key known.
                    #expect(try await desk.client.get(desk.api + "/v1/events?wait=1", bearer: key).status == 200)
                    let before = try await Self.units(desk)
                    #expect(try await desk.client.get(desk.api + "/v1/events?wait=3", bearer: key).status == 200)
                    let looks = try await Self.units(desk) - before
                    // The first look, one for the first hint, one after it, three by time; besides what the process does on its own.
                    #expect(looks >= 4 && looks < 30, "\(looks) units for three seconds")

                    let started = ContinuousClock.now
                    async let news = desk.client.get(desk.api + "/v1/events?wait=20", bearer: key, within: 40)
                    let ticket = #"{"subject":"news"}"#
                    let made = try await desk.client.send("POST", desk.api + "/v1/tickets", bearer: key, json: ticket, key: UUID().uuidString)
                    #expect(made.status == 201)
                    #expect(String(decoding: try await news.body, as: UTF8.self).contains("ticket.created"))
                    #expect(started.duration(to: .now) < .seconds(10))
                }
            }
        }

        /// How many units of statements the API has sent.
        private static func units(_ desk: SystemDesk) async throws -> Int {
            let text = String(decoding: try await desk.client.get(desk.admin(.api, "/metrics")).body, as: UTF8.self)
            return text.split(separator: "\n").filter { $0.hasPrefix("postgres_unit_seconds_count") }
                .compactMap { $0.split(separator: " ").last.flatMap { Double($0) } }.reduce(0) { $0 + Int($1) }
        }
    }
}
