/// Which tickets a queue takes, and what it does with them as they come in.
public struct QueueIntake: Hashable, Sendable {
    /// Queues are tried in the order of their positions.
    public var position: Int
    /// All must hold for a ticket that names no queue to come here; a queue without conditions takes none this way.
    public var match: [TicketCondition]
    /// The first that a ticket meets is applied to it.
    public var rules: [IntakeRule]
    /// The first that a ticket meets says what it weighs, once it has come to rest here.
    public var weights: [WeightRule]

    public static let positionRange = 0...1_000_000

    public init(position: Int = 0, match: [TicketCondition] = [], rules: [IntakeRule] = [], weights: [WeightRule] = []) {
        self.position = position
        self.match = match
        self.rules = rules
        self.weights = weights
    }
}
