import Synchronization

/// An open transaction; of no use after the closure that it was given to.
public final class PostgresTransaction: Sendable {
    private enum Phase { case open, ended, committed }

    private let client: PostgresClient
    private let connection: PostgresConnection
    private let phase = Mutex(Phase.open)

    init(client: PostgresClient, connection: PostgresConnection) {
        self.client = client
        self.connection = connection
    }

    /// Whether what it did is durable. False also where the outcome of the commit is not known.
    public var isCommitted: Bool { phase.withLock { $0 == .committed } }

    /// Sends statements: one round trip, nothing committed. After an error of the server the transaction can only be rolled back.
    public func run(_ unit: PostgresUnit) async throws -> UnitResult {
        try phase.withLock { phase in
            if phase != .open { throw PostgresError(.misuse, "the transaction is over") }
        }
        return try await client.perform(WorkRequest(.inTransaction, unit), on: connection).result
    }

    /// Sends the last statements and COMMIT in one flush. The transaction is over then, whether this throws or not.
    ///
    /// Never cancelled: a commit that was interrupted could not be told from one that was not (scale.md 3).
    @discardableResult
    public func commit(_ unit: PostgresUnit = PostgresUnit()) async throws -> UnitResult {
        try Task.checkCancellation()
        return try await sendCommit(unit)
    }

    /// Commits what is still open.
    func finish() async throws {
        if phase.withLock({ $0 }) == .open { _ = try await sendCommit(PostgresUnit()) }
    }

    /// Rolls back what may still be open, and waits for it, so that its locks are free when the caller goes on.
    func rollBack() async {
        let isCommitted = phase.withLock { phase in
            defer { phase = .ended }
            return phase == .committed
        }
        if isCommitted { return }
        var unit = PostgresUnit()
        unit.add(ControlStatement.Rollback())
        // On a connection that is lost there is nothing to roll back.
        _ = try? await client.perform(WorkRequest(.inTransaction, unit), on: connection, isCancellable: false)
    }

    private func sendCommit(_ unit: PostgresUnit) async throws -> UnitResult {
        try phase.withLock { phase in
            if phase != .open { throw PostgresError(.misuse, "the transaction is over") }
            phase = .ended
        }
        let outcome = try await client.perform(WorkRequest(.commit, unit), on: connection, isCancellable: false)
        phase.withLock { $0 = .committed }
        return outcome.result
    }
}
