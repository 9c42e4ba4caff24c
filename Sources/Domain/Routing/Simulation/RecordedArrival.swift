/// A ticket of a recorded day.
public struct RecordedArrival: Hashable, Sendable {
    /// Seconds, from whatever origin.
    public let at: Int64
    public let priority: Priority
    /// Whose work it is; nil or a group without agents is anybody's.
    public let group: String?

    public init(at: Int64, priority: Priority, group: String?) {
        self.at = at
        self.priority = priority
        self.group = group
    }
}
