extension PostgresClient {
    /// Runs an interactive transaction on a connection of its own.
    ///
    /// BEGIN goes with `first` in one round trip. When `body` returns without having called `commit`, the transaction is committed; when it
    /// throws, rolled back. Throws `PostgresError`, `CancellationError`, or what `body` throws.
    public func transaction<Result: Sendable>(
        isolation: IsolationLevel = .readCommitted,
        first: PostgresUnit = PostgresUnit(),
        caller: isolated (any Actor)? = #isolation,
        _ body: (PostgresTransaction, UnitResult) async throws -> Result
    ) async throws -> Result {
        let outcome = try await perform(WorkRequest(.lease(isolation), first), on: nil)
        guard let connection = outcome.connection else { throw PostgresError(.protocolViolation, "a lease without a connection") }
        let transaction = PostgresTransaction(client: self, connection: connection)
        defer { _ = submit { $0.endLease(of: connection) } }
        do {
            let value = try await body(transaction, outcome.result)
            try await transaction.finish()
            return value
        } catch {
            await transaction.rollBack()
            throw error
        }
    }
}
