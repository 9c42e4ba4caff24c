import Testing

@testable import Runtime

/// Work that does not end, and heeds no cancellation.
@Suite struct RuntimeTimeLimitTests {
    private struct TooLong: Error {}

    @Test(.timeLimit(.minutes(1)))
    func whatDoesNotEndIsLeftBehind() async throws {
        let (never, sink) = AsyncStream.makeStream(of: Void.self)
        await #expect(throws: TooLong.self) {
            try await TimeLimit(.milliseconds(10), error: TooLong()).run {
                // Unstructured: deaf to the cancellation of who waits.
                await Task { for await _ in never {} }.value
            }
        }
        sink.finish()
    }

    @Test func whatEndsInTimeGivesItsResult() async throws {
        #expect(try await TimeLimit(.seconds(60), error: TooLong()).run { 7 } == 7)
        await #expect(throws: CancellationError.self) {
            try await TimeLimit(.seconds(60), error: TooLong()).run { throw CancellationError() }
        }
    }
}
