public import Domain

/// A command that may arrive twice under one Idempotency-Key (api.md 3): its answer is made of the ticket that it leaves.
public typealias IdempotentCall = IdempotentWrite<Ticket>

/// What a command gave: a new effect, or the stored answer to the same request.
public enum CommandOutcome: Sendable {
    case done(TicketChange)
    case replayed(IdempotencyRecord)
}
