/// One level of a chain: whom it calls, what it does, and how long it waits before the next.
public struct EscalationLevel: Hashable, Sendable, Codable {
    public enum Mode: String, CaseIterable, Hashable, Sendable, Codable {
        /// Plain time.
        case wall
        /// Open time of the timer's calendar.
        case business
    }

    /// While what is so, the level fires.
    public enum Condition: String, CaseIterable, Hashable, Sendable, Codable {
        case notAcknowledged = "not_acked"
        case notResolved = "not_resolved"
    }

    public let targets: [EscalationTarget]
    /// Seconds until the next level.
    public let timeout: Int64
    public let mode: Mode
    public let condition: Condition
    public let actions: [EscalationAction]
    /// Which flow the action `start_flow` asks for.
    public let flow: String?

    /// Characters of a flow's name.
    public static let flowLength = 1...100
    /// Most targets of a level; it has one at least.
    public static let maximumTargets = 50
    /// Of a group that a level names, so many people are called at most: the first of them who work here, by their ids.
    public static let maximumMembers = 2_000
    /// Of all whom a level names, so many people are called at most: the first of them, in the order of its targets.
    public static let maximumRecipients = 2_000

    public init(
        targets: [EscalationTarget],
        timeout: Int64,
        mode: Mode = .wall,
        condition: Condition = .notAcknowledged,
        actions: [EscalationAction] = [.notify],
        flow: String? = nil
    ) {
        self.targets = targets
        self.timeout = timeout
        self.mode = mode
        self.condition = condition
        self.actions = actions
        self.flow = flow
    }
}
