import Domain

extension SkillContent: DirectoryContent {
    static let names = DirectoryNames(
        type: "Skill",
        plural: "Skills",
        phrase: "a skill",
        path: "skills",
        parameter: "skill_id",
        read: .routingRead,
        write: .routingWrite
    )

    static let properties = [
        JSONProperty("key", .string, "How programs name it."),
        JSONProperty("name", .string, "How people name it."),
    ]

    func writeFields(to writer: inout JSONWriter) {
        writer.field("key", key)
        writer.field("name", name)
    }
}

enum SkillFields {
    static let key = RequestField("key", .text(1...64), "How programs name it: a-z, 0-9, then also _.:-; unique in the tenant.")
    static let name = RequestField("name", .text(1...200), "How people name it.")
}

struct CreateSkill: NewContent {
    static let schema = JSONSchema.object("CreateSkill", [SkillFields.key.required, SkillFields.name.required], isClosed: true)

    let content: SkillContent

    init?(from reader: inout ObjectReader) {
        let key = reader.required(SkillFields.key)
        let name = reader.required(SkillFields.name)
        guard let key, let name else { return nil }
        content = SkillContent(key: key, name: name)
    }
}

struct PatchSkill: ContentChange {
    static let schema = JSONSchema.object("PatchSkill", [SkillFields.key.optional, SkillFields.name.optional], isClosed: true)

    let key: String?
    let name: String?

    init?(from reader: inout ObjectReader) {
        key = reader.optional(SkillFields.key)
        name = reader.optional(SkillFields.name)
    }

    func applied(to before: SkillContent) -> SkillContent {
        SkillContent(key: key ?? before.key, name: name ?? before.name)
    }
}
