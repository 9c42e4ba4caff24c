/// What tickets of a kind weigh, in units of an agent's capacity, where whoever creates them does not say (features.md A3.3).
public struct WeightRule: Hashable, Sendable, Codable {
    /// All must hold.
    public var conditions: [TicketCondition]
    public var weight: Int

    public static let maximumCount = 20
    public static let weightRange = 1...100

    public init(conditions: [TicketCondition] = [], weight: Int) {
        self.conditions = conditions
        self.weight = weight
    }
}
