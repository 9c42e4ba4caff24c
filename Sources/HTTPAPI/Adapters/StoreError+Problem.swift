public import Store

extension StoreError: ProblemConvertible {
    /// None of what the database says leaves the process: it may hold names of tables and values of rows.
    public var problem: Problem {
        switch self {
        case .duplicate: Problem(.alreadyExists)
        case .missingReference: .invalid([FieldError(.pointer(""), .unknownReference, "Something that is named does not exist.")])
        case .idempotencyKeyInUse: .retry(.idempotencyInProgress, after: 1)
        case .configurationChanged, .contention: .retry(.unavailable, after: 1)
        case .unavailable, .tookTooLong: .retry(.unavailable, after: 2)
        case .outcomeUnknown:
            .retry(.unavailable, after: 2, "It is not known whether the change was made: repeat it with the same Idempotency-Key, or look.")
        case .unexpected: Problem(.internalError)
        }
    }
}
