/// Agents of a described desk who are alike.
struct DescribedAgents: Sendable {
    let count: Int
    /// Levels by name.
    let skills: [String: Int]
    /// Capacity units.
    let capacity: Int
    let tier: Int
    /// The name of the calendar by which they work; nil is always.
    let calendar: String?

    static let capacityRange = 1...1_000
    static let maximumSkills = 100
}

extension DescribedAgents: Decodable {
    enum CodingKeys: String, CodingKey, CaseIterable {
        case count, skills, capacity, tier, calendar
    }

    init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: CodingKeys.self)
        count = try fields.whole(.count, in: SimulationScenario.agentRange, otherwise: 1)
        skills = try fields.wholes(.skills, in: 1...5, most: Self.maximumSkills)
        capacity = try fields.whole(.capacity, in: Self.capacityRange, otherwise: SimulationScenario.standardCapacity)
        tier = try fields.whole(.tier, in: QueueContent.tierRange, otherwise: 0)
        calendar = try fields.decodeIfPresent(String.self, forKey: .calendar)
    }
}
