/// A skill that a ticket asks for until its queue's relaxation drops it (routing.md B).
public struct OptionalSkill: Hashable, Sendable {
    public let skill: SkillID
    /// 1 (dropped last) to 9 (dropped first); other values are moved to the nearer end.
    public let dropRank: Int

    public init(_ skill: SkillID, dropRank: Int) {
        self.skill = skill
        self.dropRank = min(max(dropRank, 1), 9)
    }
}
