/// A step of handling with a longest stay of its own (features.md A5.5).
public enum SLAStage: String, CaseIterable, Hashable, Sendable, Codable {
    case confirm
    case process
    case feedback
}
