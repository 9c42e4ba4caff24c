/// A step of handling with a longest stay of its own (features.md A5.5). Tickets enter stages by their states (``Lifecycle/stage(of:)``).
public enum SLAStage: String, CaseIterable, Hashable, Sendable, Codable, NamedChoice {
    /// Nobody has begun the work.
    case confirm
    /// It is being worked on, or waits for others.
    case process
    /// Resolved; waits for the customer's word until it is closed.
    case feedback
}
