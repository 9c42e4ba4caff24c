public import Domain

/// What a queue does with tickets of a kind as they come in.
struct IntakeRuleObject: RequestObject {
    static let name = RequestField("name", .text(1...100), "What the explanation of a ticket's routing calls it.")
    static let conditions = RequestField(
        "conditions",
        .array(of: ConditionFields.condition, 0...IntakeRule.maximumConditions),
        "All must hold."
    )
    static let keywords = RequestField(
        "keywords",
        .array(of: JSONType<String>.text(1...IntakeRule.maximumKeywordLength), 0...IntakeRule.maximumKeywords),
        "One must be in the subject or the description, in whatever case."
    )
    static let set = RequestField("set", JSONType<IntakeSettingObject>.object, "What it gives to the ticket.")
    static let schema = JSONSchema.object(
        "IntakeRule",
        [name.required, conditions.optional, keywords.optional, set.required],
        isClosed: true
    )

    let rule: IntakeRule

    init?(from reader: inout ObjectReader) {
        let name = reader.required(Self.name)
        let conditions = reader.optional(Self.conditions) ?? []
        let keywords = reader.optional(Self.keywords) ?? []
        let set = reader.required(Self.set)
        guard let name, let set else { return nil }
        rule = IntakeRule(name: name, conditions: conditions, keywords: keywords, set: set.setting)
    }
}

/// What an intake rule gives to a ticket.
struct IntakeSettingObject: RequestObject {
    static let queue = RequestField("queue_id", .id(Entity.Queue.self), "Where it goes on to; that queue's rules apply next.")
    static let required = RequestField(
        "required_skills",
        .array(of: JSONType<SkillLevelObject>.object, 0...IntakeSetting.maximumSkills),
        "Come to the ticket's own; the higher level counts."
    )
    static let optional = RequestField(
        "optional_skills",
        .array(of: JSONType<OptionalSkillObject>.object, 0...IntakeSetting.maximumSkills),
        "Come to the ticket's own."
    )
    static let priority = RequestField("priority", JSONType<PriorityCode>.code, "Instead of what it was.")
    static let schema = JSONSchema.object(
        "IntakeSetting",
        [queue.optional, required.optional, optional.optional, priority.optional],
        isClosed: true
    )

    let setting: IntakeSetting

    init?(from reader: inout ObjectReader) {
        setting = IntakeSetting(
            queueID: reader.optional(Self.queue),
            requiredSkills: (reader.optional(Self.required) ?? []).map(\.value),
            optionalSkills: (reader.optional(Self.optional) ?? []).map(\.value),
            priority: reader.optional(Self.priority)?.priority
        )
    }
}

extension IntakeRule: JSONWritable {
    public func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.field("name", name)
            writer.field("conditions", document: conditions)
            writer.field("keywords", keywords)
            writer.name("set")
            writer.object { writer in
                writer.fieldIfPresent("queue_id", set.queueID)
                if !set.requiredSkills.isEmpty { writer.field("required_skills", set.requiredSkills) }
                if !set.optionalSkills.isEmpty { writer.field("optional_skills", set.optionalSkills) }
                writer.fieldIfPresent("priority", set.priority.map { PriorityCode($0).rawValue })
            }
        }
    }
}
