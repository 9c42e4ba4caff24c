/// A priority for each impact and urgency.
public struct PriorityGrid: Hashable, Sendable {
    /// By impact, the highest first; in each row by urgency, the highest first.
    public let rows: [[Priority]]

    /// High × high is P1, one step down on either axis lowers the priority by one, P4 is the floor.
    public static let standard = PriorityGrid { impact, urgency in Priority(rawValue: impact.rawValue + urgency.rawValue - 1) ?? .p4 }

    /// How many levels each axis has.
    public static let size = ImpactLevel.allCases.count

    /// - Returns: nil unless there is a priority for each impact and urgency.
    public init?(rows: [[Priority]]) {
        guard rows.count == Self.size, rows.allSatisfy({ $0.count == Self.size }) else { return nil }
        self.rows = rows
    }

    private init(_ priority: (ImpactLevel, ImpactLevel) -> Priority) {
        rows = ImpactLevel.allCases.map { impact in ImpactLevel.allCases.map { priority(impact, $0) } }
    }

    public func priority(impact: ImpactLevel, urgency: ImpactLevel) -> Priority {
        rows[impact.rawValue - 1][urgency.rawValue - 1]
    }
}

extension PriorityGrid: Codable {
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let grid = PriorityGrid(rows: try container.decode([[Priority]].self)) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "a matrix has \(Self.size) rows of \(Self.size) priorities")
        }
        self = grid
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(rows)
    }
}
