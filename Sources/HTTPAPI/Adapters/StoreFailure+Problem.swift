public import UseCases

extension StoreFailure: ProblemConvertible {
    public var problem: Problem {
        switch self {
        case .duplicate: Problem(.alreadyExists)
        case .missingReference: .invalid([FieldError(.pointer(""), .unknownReference, "Something that is named does not exist.")])
        case .idempotencyKeyInUse: .retry(.idempotencyInProgress, after: 1)
        case .contention: .retry(.unavailable, after: 1)
        case .unavailable: .retry(.unavailable, after: 2)
        case .outcomeUnknown:
            .retry(.unavailable, after: 2, "It is not known whether the change was made: repeat it with the same Idempotency-Key, or look.")
        case .unexpected: Problem(.internalError)
        }
    }
}
