extension FieldProblem {
    /// What a rule finds wrong with a field, for programs. The API shows each as a code that does not change.
    public enum Code: CaseIterable, Hashable, Sendable {
        /// Must be there because of another field.
        case required
        /// Must not be there, or not have this value, because of another field or of who asks.
        case notAllowed
        /// Twice in a list that has each thing once.
        case duplicate
        case tooLong
        case tooMany
        case outOfRange
        case invalidFormat
        case inPast
        case inFuture
        /// More of them than a tenant, or the thing that holds them, may have.
        case limitReached
        /// A policy, calendar, chain, rota or condition that contradicts itself.
        case invalidDefinition
        /// No zone of the IANA database.
        case unknownZone
        /// Names something that does not exist in the tenant, or is used no more.
        case unknownReference
        /// An address to which nothing may be sent.
        case addressRefused
        /// Contradicts another field, or something that exists.
        case conflict
        case invalid
    }
}
