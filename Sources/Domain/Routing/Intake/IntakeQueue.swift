/// A queue as intake sees it.
public struct IntakeQueue: Hashable, Sendable {
    public let id: QueueID
    public let isActive: Bool
    public let isDefault: Bool
    public let choices: QueueIntake
    /// Where tickets go that arrive while the queue is closed.
    public let fallback: QueueID?

    public init(id: QueueID, isActive: Bool = true, isDefault: Bool = false, choices: QueueIntake = QueueIntake(), fallback: QueueID? = nil) {
        self.id = id
        self.isActive = isActive
        self.isDefault = isDefault
        self.choices = choices
        self.fallback = fallback
    }
}
