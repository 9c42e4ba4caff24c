/// What a queue gives up on once a ticket has waited for a time (routing.md B).
public struct RelaxationStep: Hashable, Sendable {
    /// Age of the ticket in seconds from which the step is in force.
    public let afterSeconds: Int
    /// Optional skills with this drop rank or a higher one are dropped; nil drops none.
    public let dropFrom: Int?
    /// The furthest tier admitted.
    public let tier: Int
    /// By how much required levels are lowered, never below 1.
    public let levelsDown: Int

    public init(afterSeconds: Int, dropFrom: Int? = nil, tier: Int = 0, levelsDown: Int = 0) {
        self.afterSeconds = afterSeconds
        self.dropFrom = dropFrom
        self.tier = tier
        self.levelsDown = levelsDown
    }

    /// This step on top of an earlier one: whatever was given up stays given up.
    func widening(_ earlier: RelaxationStep) -> RelaxationStep {
        RelaxationStep(
            afterSeconds: afterSeconds,
            dropFrom: [dropFrom, earlier.dropFrom].compactMap { $0 }.min(),
            tier: max(tier, earlier.tier),
            levelsDown: max(levelsDown, earlier.levelsDown)
        )
    }

    func drops(rank: Int) -> Bool {
        dropFrom.map { rank >= $0 } ?? false
    }

    func requiredLevel(from level: Int) -> Int {
        max(1, level - max(0, levelsDown))
    }
}
