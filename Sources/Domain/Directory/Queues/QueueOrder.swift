/// By what the tickets of a queue are ordered (routing.md A).
public enum QueueOrder: String, CaseIterable, Hashable, Sendable, Codable, NamedChoice {
    /// By age, with priority, queue and VIP moving them ahead.
    case rank
    /// By the next promise that falls due.
    case deadline
}
