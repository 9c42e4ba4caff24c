/// The stable codes of ``FieldError``.
public enum FieldErrorCode: String, CaseIterable, Hashable, Sendable {
    case required
    case unknownField = "unknown-field"
    case unknownParameter = "unknown-parameter"
    case duplicate
    case wrongType = "wrong-type"
    case notNull = "not-null"
    case tooShort = "too-short"
    case tooLong = "too-long"
    case tooFew = "too-few"
    case tooMany = "too-many"
    case outOfRange = "out-of-range"
    case notAllowed = "not-allowed"
    case invalidFormat = "invalid-format"
    case invalidCharacter = "invalid-character"
    case inPast = "in-past"
    case inFuture = "in-future"
    case limitReached = "limit-reached"
    case invalidDefinition = "invalid-definition"
    case unknownZone = "unknown-zone"
    case conflict
    case addressRefused = "address-refused"
    /// Refused by a rule of the domain.
    case invalid
    /// Names something that does not exist, or not for this caller.
    case unknownReference = "unknown-reference"
}
