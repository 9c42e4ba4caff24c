/// A kind of ticket that comes to a described desk.
struct DescribedTickets: Sendable {
    /// How many of the tickets are of this kind, beside the shares of the others.
    let share: Int
    /// Least levels by name.
    let required: [String: Int]
    /// Drop ranks by name.
    let optional: [String: Int]
    let type: String
    let channel: Channel
    /// Capacity units; nil is what the queue's weights say.
    let weight: Int?

    static let shareRange = 1...1_000
    static let maximumSkills = 20
}

extension DescribedTickets: Decodable {
    enum CodingKeys: String, CodingKey, CaseIterable {
        case share, required, optional, type, channel, weight
    }

    init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: CodingKeys.self)
        share = try fields.whole(.share, in: Self.shareRange, otherwise: 1)
        required = try fields.wholes(.required, in: 1...5, most: Self.maximumSkills)
        optional = try fields.wholes(.optional, in: 1...9, most: Self.maximumSkills)
        type = try fields.decodeIfPresent(String.self, forKey: .type) ?? "incident"
        guard (1...100).contains(type.unicodeScalars.count) else { throw fields.refusal(of: .type, "must have 1 to 100 characters") }
        channel = try fields.decodeIfPresent(Channel.self, forKey: .channel) ?? .api
        weight =
            try fields.decodeIfPresent(Int.self, forKey: .weight) == nil
            ? nil : fields.whole(.weight, in: WeightRule.weightRange, otherwise: 1)
    }
}
