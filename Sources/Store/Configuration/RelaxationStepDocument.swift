public import Domain

/// A relaxation step as `queue.steps` keeps it and as the API and `docket route eval` name its parts (contract.md).
public struct RelaxationStepDocument: Hashable, Sendable, Codable {
    /// Age in seconds.
    public var after: Int
    public var dropFrom: Int?
    public var tier: Int?
    public var minLevelDown: Int?

    private enum CodingKeys: String, CodingKey {
        case after
        case dropFrom = "drop_from"
        case tier
        case minLevelDown = "min_level_down"
    }

    public init(after: Int, dropFrom: Int? = nil, tier: Int? = nil, minLevelDown: Int? = nil) {
        self.after = after
        self.dropFrom = dropFrom
        self.tier = tier
        self.minLevelDown = minLevelDown
    }

    public var step: RelaxationStep {
        RelaxationStep(afterSeconds: after, dropFrom: dropFrom, tier: tier ?? 0, levelsDown: minLevelDown ?? 0)
    }
}
