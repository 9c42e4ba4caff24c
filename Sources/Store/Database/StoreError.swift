public import Postgres

/// What can go wrong between a use case and the database, in the use case's words.
public enum StoreError: Error, Sendable {
    /// Another row has that value already; the constraint says which value.
    case duplicate(constraint: String)
    /// A row that is pointed at does not exist in this tenant; the constraint says which.
    case missingReference(constraint: String)
    /// The command decided on an old copy of the tenant's configuration: read it again and retry.
    case configurationChanged
    /// The statement took longer than it may and was undone. The same work takes as long the next time: whoever has a part of it to do tries less at once.
    case tookTooLong(PostgresError)
    /// The database cannot be reached, has no room or takes no writes any more, all connections stayed busy, or the connection was lost before anything
    /// could commit: nothing was done; retry later.
    case unavailable(PostgresError)
    /// The connection was lost while committing: the work may or may not be done. The idempotency record tells.
    case outcomeUnknown(PostgresError)
    /// Transactions kept meeting, or statements forgotten (``ContentionRetry``); nothing was done and the command may be tried again.
    case contention(PostgresError)
    /// Another request with the same Idempotency-Key is still at work; nothing was done.
    case idempotencyKeyInUse
    /// Anything else: a defect, or a database that is not the one this version knows.
    case unexpected(PostgresError)

    init(_ error: PostgresError) {
        switch error.sqlState {
        case "DK001": self = .configurationChanged
        case "23505": self = .duplicate(constraint: error.constraint ?? "")
        case "23503": self = .missingReference(constraint: error.constraint ?? "")
        case "55P03" where Self.locksOfKeys.contains(error.statementName): self = .idempotencyKeyInUse
        case "40001", "40P01", "55P03": self = .contention(error)
        case "57014": self = .tookTooLong(error)
        // The server is out of memory, connections or disk: the transaction was undone.
        case let state? where state.hasPrefix("53"): self = .unavailable(error)
        default:
            if error.isOutcomeUnknown {
                self = .outcomeUnknown(error)
            } else if error.isUnavailable || error.isConnectionLost || error.condemnsConnection {
                self = .unavailable(error)
            } else if error.isStalePlan {
                self = .contention(error)
            } else {
                self = .unexpected(error)
            }
        }
    }

    /// What waits for another request with the same Idempotency-Key, and for nothing else.
    private static let locksOfKeys: [String?] = [String(describing: LockIdempotencyKey.self), String(describing: InsertIdempotencyRecord.self)]
}
