public import Domain
public import Store

/// A command that may arrive twice under one Idempotency-Key (api.md 3).
public struct IdempotentCall: Sendable {
    /// Whose key it is: the same text of another principal is another key.
    public let principal: APIKeyID
    public let key: String
    /// SHA-256 over the request.
    public let fingerprint: [UInt8]
    /// The answer to store, from the ticket that the command leaves.
    public let answer: @Sendable (Ticket) -> IdempotencyRecord

    public init(principal: APIKeyID, key: String, fingerprint: [UInt8], answer: @escaping @Sendable (Ticket) -> IdempotencyRecord) {
        self.principal = principal
        self.key = key
        self.fingerprint = fingerprint
        self.answer = answer
    }
}

/// What a command gave: a new effect, or the stored answer to the same request.
public enum CommandOutcome: Sendable {
    case done(TicketChange)
    case replayed(IdempotencyRecord)
}
