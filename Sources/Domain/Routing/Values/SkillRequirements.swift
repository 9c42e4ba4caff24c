/// The skills a ticket asks for, in one canonical form: equal requirements are equal values, so that a pass evaluates each only once.
public struct SkillRequirements: Hashable, Sendable {
    /// Ascending by skill, each skill once.
    public let required: [SkillLevel]
    /// Ascending by skill, each skill once, none that is also required.
    public let optional: [OptionalSkill]

    /// - Parameters:
    ///   - required: never dropped; of a skill named twice the higher level counts.
    ///   - optional: needed until dropped; of a skill named twice the lower drop rank, which lasts longer, counts.
    public init(required: [SkillLevel] = [], optional: [OptionalSkill] = []) {
        var needs: [SkillLevel] = []
        for need in required.sorted(by: { ($0.skill, -$0.level) < ($1.skill, -$1.level) }) where need.skill != needs.last?.skill {
            needs.append(need)
        }
        var wishes: [OptionalSkill] = []
        for wish in optional.sorted(by: { ($0.skill, $0.dropRank) < ($1.skill, $1.dropRank) })
        where wish.skill != wishes.last?.skill && !needs.contains(where: { $0.skill == wish.skill }) {
            wishes.append(wish)
        }
        self.required = needs
        self.optional = wishes
    }
}
