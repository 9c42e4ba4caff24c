/// How much may be claimed of a lane.
public struct LaneRoom: Hashable, Sendable {
    public let lane: DeliveryLane
    /// The most rows.
    public let room: Int
    /// So many of them are the ones that became due last; the others are those that have waited longest (decision 21).
    public let newest: Int

    public init(_ lane: DeliveryLane, room: Int, newest: Int = 0) {
        self.lane = lane
        self.room = max(0, room)
        self.newest = min(max(0, newest), self.room)
    }
}
