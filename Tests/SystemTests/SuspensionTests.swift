import TestSupport
import Testing

extension SystemTests {
    /// `docket tenant suspend` and `resume`, as callers of the API see them.
    @Suite("Suspension")
    struct SuspensionTests {
        @Test("A suspended tenant is told 403 tenant-suspended within ten seconds, another is served; resumed, the same key works again")
        func suspendAndResume() async throws {
            try await TestDatabase.with { test in
                try await SystemDesk.with(try DeskDatabase(test)) { desk in
                    func key(_ slug: String) async throws -> String {
                        _ = try await desk.operate("tenant", "create", slug)
                        return try await desk.operate("key", "create", "--tenant", slug)
                    }
                    let (suspended, other) = (try await key("acme"), try await key("other"))
                    try await desk.start(.api)
                    try await desk.requireReady(.api)
                    func answer(_ key: String) async throws -> DeskClient.Answer { try await desk.client.get(desk.api + "/v1/tickets", bearer: key) }
                    #expect(try await answer(suspended).status == 200)
                    #expect(try await desk.operate("tenant", "suspend", "acme") == "suspended")
                    let isRefused = try await eventually(within: .seconds(12)) { try await answer(suspended).status == 403 }
                    #expect(isRefused)
                    #expect(try await answer(suspended).text("code") == "tenant-suspended")
                    #expect(try await answer(other).status == 200)
                    #expect(try await desk.operate("tenant", "resume", "acme") == "resumed")
                    let isServed = try await eventually(within: .seconds(12)) { try await answer(suspended).status == 200 }
                    #expect(isServed)
                }
            }
        }
    }
}
