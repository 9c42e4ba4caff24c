import Domain

/// The fields of a ticket that requests carry (features.md A1).
enum TicketFields {
    static let subject = RequestField("subject", .text(1...500), "What it is about, in one line.")
    static let description = RequestField("description", .text(0...65_536, lines: true), "The whole story.")
    static let type = RequestField("type", .text(1...64), "The kind of request: incident, access, complaint, …")
    static let channel = RequestField("channel", JSONType<Channel>.code, "How it came in.")
    static let category = RequestField("category", .text(1...200), "The tenant's own category.")
    static let location = RequestField("location", .text(1...200), "Where it is.")
    static let serviceArea = RequestField("service_area", .text(AgentContent.serviceAreaLength), "The territory it must be served in.")
    static let site = RequestField("site_id", .id(Entity.Site.self), "Where the work is done: gives place and area that are not named, and hours.")
    static let language = RequestField("language", .language, "In which the requester writes (BCP 47); else it is the requester's own.")
    static let externalReference = RequestField("external_ref", .text(1...200), "Its id in another system.")
    static let requester = RequestField("requester_id", .id(Entity.Requester.self), "Who asks.")
    static let priority = RequestField(
        "priority",
        JSONType<PriorityCode>.code,
        "By hand; else it follows from impact, urgency and the customer's tier, else P3."
    )
    static let impact = RequestField("impact", JSONType<ImpactLevel>.impact, "How far it reaches: 1 (high) to 3 (low).")
    static let urgency = RequestField("urgency", JSONType<ImpactLevel>.impact, "How little time there is: 1 (high) to 3 (low).")
    static let queue = RequestField(
        "queue_id",
        .id(Entity.Queue.self),
        "Where it comes in; else the first queue that it matches, else the default one."
    )
    static let group = RequestField("group_id", .id(Entity.Group.self), "Whose matter it is.")
    static let weight = RequestField(
        "weight",
        .integer(1...100),
        "Units of capacity that it takes; of a new ticket by its queue's weights, or 1, unless told."
    )
    static let required = RequestField("required_skills", .array(of: JSONType<SkillLevelObject>.object, 0...20), "Never dropped.")
    static let optional = RequestField("optional_skills", .array(of: JSONType<OptionalSkillObject>.object, 0...20), "Needed until dropped.")
    static let preferredAgent = RequestField("preferred_agent_id", .id(Entity.Agent.self), "Who gets it if he can.")
    static let fields = RequestField(
        "fields",
        .map(of: JSONType<CustomFieldValue>.customField, names: TextRule(length: 1...64), maximum: 100),
        "The tenant's own fields."
    )
    static let patchedFields = RequestField(
        "fields",
        .map(of: JSONType<CustomFieldValue>.customField.nullable, names: TextRule(length: 1...64), maximum: 100),
        "The tenant's own fields; null removes one."
    )
    static let occurredAt = RequestField("occurred_at", .timestamp, "When it really came in, for imports.")
    static let reason = RequestField("reason", .text(1...500), "Why; needed where the priority is set by hand.")

    /// The skills, which are kept in the order of their ids.
    static func sentLists(required: [SkillLevel], optional: [OptionalSkill]) -> [SentList] {
        [SentList("/required_skills", required.map(\.skill)), SentList("/optional_skills", optional.map(\.skill))]
    }
}

extension JSONType where Value == String {
    /// A BCP 47 language tag, read into its customary case.
    static var language: JSONType {
        JSONType<String>.text(2...LanguageTag.maximumLength).map("Must be a language tag as in BCP 47.", code: .invalidFormat) {
            LanguageTag.canonical($0)
        }
    }
}

extension JSONType where Value == ImpactLevel {
    static var impact: JSONType {
        JSONType<Int>.integer(1...3).map("Must be from 1 to 3.") { ImpactLevel(rawValue: $0) }
    }
}
