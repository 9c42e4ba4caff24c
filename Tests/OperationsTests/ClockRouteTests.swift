import FoundationEssentials
import TestSupport
import Testing

@testable import Operations

@Suite("The test clock of docket dev")
struct ClockRouteTests {
    private static let century = 3_155_760_000

    private static func move(_ ready: DevelopmentSystem.Ready, _ body: String) async throws -> ReplayResponse {
        let request = ReplayRequest(method: .post, path: "/clock", body: Data(body.utf8))
        return try await ReplayClient.with(base: ready.admin, key: "") { try await $0.answer(to: request) }
    }

    @Test("It moves by what it is told, never back, and never to where calendars end")
    func moves() async throws {
        // Without engines: what they do in another century is no part of this.
        try await DevelopmentSystem.with(hasTestClock: true, engines: 0) { ready, database in
            var ahead = 0.0
            func expectMoved(by seconds: Double, _ status: Int, _ text: String) async throws {
                let response = try await Self.move(ready, text)
                if response.status == 200 { ahead += seconds }
                let kept = try await database.sql("SELECT extract(epoch FROM ahead) FROM docket.test_clock")
                #expect(response.status == status && kept.first?.first.flatMap { Double($0) } == ahead, "\(text)")
            }
            try await expectMoved(by: 0, 200, #"{"advance_seconds":0}"#)
            try await expectMoved(by: 86_400.5, 200, #"{"advance_seconds":86400.5}"#)
            for wrong in ["-1", #""60""#, "null", "\(Self.century + 1)", "1e400"] {
                try await expectMoved(by: 0, 422, #"{"advance_seconds":\#(wrong)}"#)
            }
            for wrong in ["", "{}", "[1]", #"{"seconds":1}"#] { try await expectMoved(by: 0, 422, wrong) }
            // One bound for a step, and one for all of them.
            let step = #"{"advance_seconds":\#(Self.century)}"#
            for _ in 1...2 { try await expectMoved(by: Double(Self.century), 200, step) }
            try await expectMoved(by: 0, 422, step)
            try await expectMoved(by: 1, 200, #"{"advance_seconds":1}"#)
        }
    }

    @Test("Cursors grow old with it")
    func cursors() async throws {
        try await DevelopmentSystem.with(hasTestClock: true, engines: 0) { ready, _ in
            let key = try #require(ready.tenants.first?.key)
            try await ReplayClient.with(base: ready.api, key: key) { client in
                struct Page: Decodable { let next_cursor: String? }
                for name in ["first", "second"] {
                    #expect(try await client.answer(to: .post("/v1/skills", ["key": name, "name": name])).status == 201)
                }
                let page = try await client.answer(to: .get("/v1/skills?limit=1"))
                let cursor = try #require(try JSONDecoder().decode(Page.self, from: page.body).next_cursor)
                let next = ReplayRequest.get("/v1/skills?limit=1&cursor=\(cursor)")
                #expect(try await client.answer(to: next).status == 200)
                #expect(try await Self.move(ready, #"{"advance_seconds":80000}"#).status == 200)
                #expect(try await client.answer(to: next).status == 200)
                #expect(try await Self.move(ready, #"{"advance_seconds":7000}"#).status == 200)
                let late = try await client.answer(to: next)
                #expect(late.status == 410 && late.problemCode == "cursor-expired")
            }
        }
    }

    @Test("Where it is not asked for, nobody can move the time")
    func absent() async throws {
        try await DevelopmentSystem.with(engines: 0) { ready, _ in
            let response = try await Self.move(ready, #"{"advance_seconds":1}"#)
            #expect(response.status == 404)
        }
    }
}
