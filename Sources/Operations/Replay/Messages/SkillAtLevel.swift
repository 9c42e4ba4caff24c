/// A skill that an agent has or a ticket needs.
struct SkillAtLevel: Codable, Hashable, Sendable {
    let skill_id: String
    let level: Int
}
