import Postgres

extension Database {
    /// Reads in several round trips that all see the same state of the tenant, so that rows that belong together are compared as they were together.
    ///
    /// - Throws: ``StoreError``, or what `body` throws.
    public func snapshot<Result: Sendable>(
        _ first: TenantUnit,
        _ body: @Sendable (TenantTransaction, StoreResult) async throws -> Result
    ) async throws -> Result {
        do {
            return try await client.transaction(isolation: .repeatableRead, first: first.statements.unit) { transaction, result in
                try await body(TenantTransaction(transaction), StoreResult(result))
            }
        } catch let error as PostgresError {
            throw StoreError(error)
        }
    }
}
