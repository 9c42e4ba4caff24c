/// An agent with the skills that are known of him.
struct AgentThing: Decodable, Sendable {
    let id: String
    let skills: [SkillAtLevel]
}
