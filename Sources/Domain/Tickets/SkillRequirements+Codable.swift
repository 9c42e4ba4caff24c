extension SkillRequirements: Codable {
    private enum CodingKeys: String, CodingKey {
        case required, optional
    }

    /// Reads the stored form and brings it into canonical order again.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            required: try container.decodeIfPresent([SkillLevel].self, forKey: .required) ?? [],
            optional: try container.decodeIfPresent([OptionalSkill].self, forKey: .optional) ?? []
        )
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(required, forKey: .required)
        try container.encode(optional, forKey: .optional)
    }
}

extension SkillLevel: Codable {
    private enum CodingKeys: String, CodingKey {
        case skill, level
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        self.init(try container.decode(SkillID.self, forKey: .skill), level: try container.decode(Int.self, forKey: .level))
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(skill, forKey: .skill)
        try container.encode(level, forKey: .level)
    }
}

extension OptionalSkill: Codable {
    private enum CodingKeys: String, CodingKey {
        case skill
        case dropRank = "drop_rank"
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        self.init(try container.decode(SkillID.self, forKey: .skill), dropRank: try container.decode(Int.self, forKey: .dropRank))
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(skill, forKey: .skill)
        try container.encode(dropRank, forKey: .dropRank)
    }
}
