/// How urgent a ticket is: P1 (critical) to P4 (low). Lower numbers go first.
public enum Priority: Int, CaseIterable, Hashable, Comparable, Sendable, Codable {
    case p1 = 1
    case p2 = 2
    case p3 = 3
    case p4 = 4

    public static func < (left: Priority, right: Priority) -> Bool {
        left.rawValue < right.rawValue
    }

    /// The next more urgent one; nil for the most urgent.
    public var higher: Priority? { Priority(rawValue: rawValue - 1) }
}

extension Priority {
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let priority = Priority(rawValue: try container.decode(Int.self)) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "a priority is 1 (critical) to 4 (low)")
        }
        self = priority
    }
}
