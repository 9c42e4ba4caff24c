public import Domain

/// A skill at a level: what an agent holds, or the least a ticket requires.
struct SkillLevelObject: RequestObject {
    static let skill = RequestField("skill_id", .id(Entity.Skill.self), "The skill.")
    static let level = RequestField("level", .integer(1...5), "1 (basic) to 5 (expert).")
    static let schema = JSONSchema.object("SkillLevel", [skill.required, level.required], isClosed: true)

    let value: SkillLevel

    init?(from reader: inout ObjectReader) {
        let skill = reader.required(Self.skill)
        let level = reader.required(Self.level)
        guard let skill, let level else { return nil }
        value = SkillLevel(skill, level: level)
    }
}

/// A skill that a ticket asks for until its queue's relaxation drops it.
struct OptionalSkillObject: RequestObject {
    static let skill = RequestField("skill_id", .id(Entity.Skill.self), "The skill.")
    static let rank = RequestField("drop_rank", .integer(1...9), "1 (dropped last) to 9 (dropped first).")
    static let schema = JSONSchema.object("OptionalSkill", [skill.required, rank.required], isClosed: true)

    let value: OptionalSkill

    init?(from reader: inout ObjectReader) {
        let skill = reader.required(Self.skill)
        let rank = reader.required(Self.rank)
        guard let skill, let rank else { return nil }
        value = OptionalSkill(skill, dropRank: rank)
    }
}

extension SkillLevel: JSONWritable {
    public func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.field("skill_id", skill)
            writer.field("level", level)
        }
    }
}

extension OptionalSkill: JSONWritable {
    public func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.field("skill_id", skill)
            writer.field("drop_rank", dropRank)
        }
    }
}
