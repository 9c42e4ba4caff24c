/// How far a problem reaches and how little time there is: 1 (high) to 3 (low), the scale of ITIL incident records.
public enum ImpactLevel: Int, CaseIterable, Hashable, Sendable, Codable {
    case high = 1
    case medium = 2
    case low = 3
}

/// The priority that follows from impact and urgency (features.md A2.4).
public enum PriorityMatrix {
    /// The default matrix: high × high is P1, one step down on either axis lowers the priority by one, P4 is the floor.
    public static func priority(impact: ImpactLevel, urgency: ImpactLevel) -> Priority {
        Priority(rawValue: impact.rawValue + urgency.rawValue - 1) ?? .p4
    }
}
