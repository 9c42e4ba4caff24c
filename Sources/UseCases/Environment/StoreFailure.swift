import Store

/// What went wrong below a use case, as the doors may tell it: without what the database says, which may hold names of tables and values of rows.
public enum StoreFailure: Error, Hashable, Sendable {
    /// Something else has that name or key already.
    case duplicate
    /// Something that was named does not exist in this tenant.
    case missingReference
    /// Another request with the same Idempotency-Key is still at work; nothing was done.
    case idempotencyKeyInUse
    /// It kept meeting other work; nothing was done, and the same may succeed at once.
    case contention
    /// The database cannot be reached, has no room, or took too long; nothing was done.
    case unavailable
    /// The connection was lost while committing: the work may or may not be done.
    case outcomeUnknown
    /// A defect, or a database that is not the one this version knows.
    case unexpected

    /// - Returns: nil for an error that is none of the store's.
    public init?(_ error: any Error) {
        guard let error = error as? StoreError else { return nil }
        self =
            switch error {
            case .duplicate: .duplicate
            case .missingReference: .missingReference
            case .idempotencyKeyInUse: .idempotencyKeyInUse
            case .configurationChanged, .contention: .contention
            case .unavailable, .tookTooLong: .unavailable
            case .outcomeUnknown: .outcomeUnknown
            case .unexpected: .unexpected
            }
    }
}
