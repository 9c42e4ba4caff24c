import Postgres

/// An open transaction whose tenant is set.
public struct TenantTransaction: Sendable {
    private let transaction: PostgresTransaction

    init(_ transaction: PostgresTransaction) {
        self.transaction = transaction
    }

    /// Runs more statements in one round trip.
    public func run(_ statements: StatementList) async throws -> StoreResult {
        do {
            return StoreResult(try await transaction.run(statements.unit))
        } catch let error as PostgresError {
            throw StoreError(error)
        }
    }

    /// Runs the last statements and commits in the same flush. After it returns the work is durable.
    public func commit(_ statements: StatementList) async throws -> StoreResult {
        do {
            return StoreResult(try await transaction.commit(statements.unit))
        } catch let error as PostgresError {
            throw StoreError(error)
        }
    }
}
