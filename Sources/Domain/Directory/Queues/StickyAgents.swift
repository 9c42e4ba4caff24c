/// Whether a queue keeps requesters with their agents (routing.md D).
public struct StickyAgents: Hashable, Sendable {
    /// A new ticket prefers the agent who had its requester's last ticket of so many days; 0 asks for nobody.
    public var days: Int
    /// How long it waits for him while he is full or on a break.
    public var waitSeconds: Int

    public static let dayRange = 0...366
    /// Up to a week.
    public static let waitRange = 0...7 * 86_400

    public init(days: Int = 0, waitSeconds: Int = 0) {
        self.days = days
        self.waitSeconds = waitSeconds
    }
}
