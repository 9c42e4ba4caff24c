/// What an API key says about the tickets that come through it: a channel of its own for important customers (features.md A1.11).
public struct IntakeProfile: Hashable, Sendable {
    /// Whether whoever asks through it is a VIP, whatever is known of him.
    public var isVIP: Bool
    /// No ticket that comes through it is less urgent.
    public var priorityFloor: Priority?
    /// Where its tickets come in; they may name no other.
    public var queueID: QueueID?

    /// A key that says nothing.
    public static let none = IntakeProfile()

    public init(isVIP: Bool = false, priorityFloor: Priority? = nil, queueID: QueueID? = nil) {
        self.isVIP = isVIP
        self.priorityFloor = priorityFloor
        self.queueID = queueID
    }

    /// A priority, or the floor where it is below it.
    public func raised(_ priority: Priority) -> Priority {
        priorityFloor.map { min(priority, $0) } ?? priority
    }
}
