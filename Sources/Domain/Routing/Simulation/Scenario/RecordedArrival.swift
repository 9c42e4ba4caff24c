/// A ticket of a recorded day.
public struct RecordedArrival: Hashable, Sendable {
    /// Work on a ticket is taken to be at least a minute and at most a day's: what a log calls work goes on over nights.
    public static let handlingRange: ClosedRange<Int64> = 60...28_800

    /// Seconds since 1970.
    public let at: Int64
    public let priority: Priority
    /// Whose work it is; nil or a group without agents is anybody's.
    public let group: String?
    /// Seconds of work on it, moved into ``handlingRange``; nil where the log does not tell.
    public let handling: Int64?

    public init(at: Int64, priority: Priority, group: String?, handling: Int64? = nil) {
        self.at = at
        self.priority = priority
        self.group = group
        self.handling = handling.map { min(max($0, Self.handlingRange.lowerBound), Self.handlingRange.upperBound) }
    }
}
