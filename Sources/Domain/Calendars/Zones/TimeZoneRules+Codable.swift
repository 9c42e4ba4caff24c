extension TimeZoneRules: Codable {
    private enum CodingKeys: String, CodingKey {
        case initialOffset = "initial_offset"
        case transitions
        case repeatsFrom = "repeats_from"
    }

    /// Reads what was kept: starts and offsets in turn.
    public init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: CodingKeys.self)
        let numbers = try fields.decode([Int64].self, forKey: .transitions)
        let transitions = stride(from: 0, to: numbers.count - 1, by: 2).map { Transition(start: numbers[$0], offset: numbers[$0 + 1]) }
        // Two may be of one instant: where summer time ends and begins at once.
        let isAscending = zip(transitions, transitions.dropFirst()).allSatisfy { $0.start <= $1.start }
        guard numbers.count.isMultiple(of: 2), isAscending, transitions.allSatisfy({ abs($0.offset) <= TimeZoneRules.largestOffset }) else {
            throw DecodingError.dataCorruptedError(forKey: .transitions, in: fields, debugDescription: "not the transitions of a zone")
        }
        self.init(
            initialOffset: try fields.decode(Int64.self, forKey: .initialOffset),
            transitions: transitions,
            repeatsFrom: try fields.decodeIfPresent(Int64.self, forKey: .repeatsFrom)
        )
    }

    public func encode(to encoder: any Encoder) throws {
        var fields = encoder.container(keyedBy: CodingKeys.self)
        try fields.encode(initialOffset, forKey: .initialOffset)
        try fields.encode(transitions.flatMap { [$0.start, $0.offset] }, forKey: .transitions)
        try fields.encodeIfPresent(repeatsFrom, forKey: .repeatsFrom)
    }
}
