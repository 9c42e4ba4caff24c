import Postgres

extension Database {
    /// Runs a whole unit or transaction, again where ``ContentionRetry`` says so.
    ///
    /// - Parameter isDone: whether the attempt that failed has committed all the same.
    /// - Throws: ``StoreError`` for what the server or the connection says, or what `body` throws.
    func retrying<Result>(unless isDone: () -> Bool = { false }, _ body: () async throws -> Result) async throws -> Result {
        var retry = ContentionRetry()
        while true {
            do {
                return try await body()
            } catch {
                let failure: any Error = if let cause = error as? PostgresError { StoreError(cause) } else { error }
                guard !isDone(), let met = retry.pause(after: failure) else { throw failure }
                contention.record(met.cause)
                try await Task.sleep(for: met.pause)
            }
        }
    }
}
