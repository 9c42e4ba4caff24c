/// How far a problem reaches and how little time there is: 1 (high) to 3 (low), the scale of ITIL incident records.
public enum ImpactLevel: Int, CaseIterable, Hashable, Sendable, Codable {
    case high = 1
    case medium = 2
    case low = 3
}
