/// Something that agents can do and tickets need.
public struct SkillContent: VersionedContent {
    public typealias Kind = Entity.Skill
    public static let uniqueField: String? = "key"
    /// How programs name it: `[a-z0-9][a-z0-9_.:-]{0,63}`.
    public var key: String
    public var name: String

    public init(key: String, name: String) {
        self.key = key
        self.name = name
    }
}
