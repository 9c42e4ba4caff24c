extension PostgresClient {
    /// Runs `body` again, up to three times more, when it throws a serialization failure, a deadlock or a stale plan.
    ///
    /// `body` must be a whole unit or transaction with all it decides on, never a part of one: nothing it did before is left.
    public func withRetry<Result: Sendable>(
        caller: isolated (any Actor)? = #isolation,
        _ body: () async throws -> Result
    ) async throws -> Result {
        for attempt in 1...3 {
            do {
                return try await body()
            } catch let error as PostgresError where error.isRetryable {
                // Doubling and jittered, so that those that collided do not collide again.
                let ceiling = 10_000 << attempt
                try await Task.sleep(for: .microseconds(Int.random(in: ceiling / 4...ceiling)))
            }
        }
        return try await body()
    }
}
