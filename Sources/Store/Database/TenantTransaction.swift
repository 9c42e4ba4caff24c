public import Postgres

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

    /// Runs one statement.
    ///
    /// - Returns: its rows.
    public func rows<S: Statement>(of statement: S) async throws -> [S.Row] {
        var statements = StatementList()
        let handle = statements.add(statement)
        return try await run(statements).rows(handle)
    }

    /// Runs one statement.
    ///
    /// - Returns: its first row.
    public func first<S: Statement>(of statement: S) async throws -> S.Row? {
        try await rows(of: statement).first
    }

    /// Runs one statement that returns nothing.
    public func run<S: Statement>(_ statement: S) async throws where S.Row == NoRow {
        _ = try await rows(of: statement)
    }

    /// Runs the last statement, which returns nothing, and commits in the same flush.
    public func commit<S: Statement>(_ statement: S) async throws where S.Row == NoRow {
        var statements = StatementList()
        statements.add(statement)
        _ = try await commit(statements)
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
