import Domain

extension FieldErrorCode {
    /// The name by which programs know what a rule found wrong.
    init(_ code: FieldProblem.Code) {
        self =
            switch code {
            case .required: .required
            case .notAllowed: .notAllowed
            case .duplicate: .duplicate
            case .tooLong: .tooLong
            case .tooMany: .tooMany
            case .outOfRange: .outOfRange
            case .invalidFormat: .invalidFormat
            case .inPast: .inPast
            case .inFuture: .inFuture
            case .limitReached: .limitReached
            case .invalidDefinition: .invalidDefinition
            case .unknownZone: .unknownZone
            case .unknownReference: .unknownReference
            case .addressRefused: .addressRefused
            case .conflict: .conflict
            case .invalid: .invalid
            }
    }
}
