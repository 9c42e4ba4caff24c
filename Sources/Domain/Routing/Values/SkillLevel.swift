/// A skill at a level: what an agent holds, or the least a ticket requires (routing.md, inputs).
public struct SkillLevel: Hashable, Sendable {
    public let skill: SkillID
    /// 1 (basic) to 5 (expert); other values are moved to the nearer end.
    public let level: Int

    public init(_ skill: SkillID, level: Int) {
        self.skill = skill
        self.level = min(max(level, 1), 5)
    }
}
