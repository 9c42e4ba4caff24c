/// What an intake rule gives to a ticket; nil and empty leave it as it is.
public struct IntakeSetting: Hashable, Sendable, Codable {
    /// Where the ticket goes on to; the rules of that queue apply next.
    public var queueID: QueueID?
    /// Come to the ticket's own; of a skill named twice the higher level counts.
    public var requiredSkills: [SkillLevel]
    public var optionalSkills: [OptionalSkill]
    public var priority: Priority?

    public static let maximumSkills = 20

    public init(
        queueID: QueueID? = nil,
        requiredSkills: [SkillLevel] = [],
        optionalSkills: [OptionalSkill] = [],
        priority: Priority? = nil
    ) {
        self.queueID = queueID
        self.requiredSkills = requiredSkills
        self.optionalSkills = optionalSkills
        self.priority = priority
    }

    private enum CodingKeys: String, CodingKey {
        case queueID = "queue_id"
        case requiredSkills = "required_skills"
        case optionalSkills = "optional_skills"
        case priority
    }
}
