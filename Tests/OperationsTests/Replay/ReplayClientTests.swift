import Testing

@testable import Operations

@Suite("Replay client")
struct ReplayClientTests {
    @Test("A server that stops in the middle of an answer is no more waited for than one that gives none", .timeLimit(.minutes(1)))
    func stoppedServer() async throws {
        try await StoppedServer.with { base in
            let error = await #expect(throws: ReplayError.self) {
                try await ReplayClient.with(base: base, key: "", retries: ReplayRetries(attempts: 2), timeout: .seconds(1)) { client in
                    _ = try await client.answer(to: .get("/v1/tickets"))
                }
            }
            #expect(error?.isFinal == true)
        }
    }
}
