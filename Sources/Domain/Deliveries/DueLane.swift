/// A lane with something due.
public struct DueLane: Hashable, Sendable {
    public let lane: DeliveryLane
    /// Its oldest row has been due for longer than ``behindAfterSeconds``: there is a backlog.
    public let isBehind: Bool

    /// What work may take to go on after a fault.
    public static let behindAfterSeconds = 5

    public init(_ lane: DeliveryLane, isBehind: Bool = false) {
        self.lane = lane
        self.isBehind = isBehind
    }
}
