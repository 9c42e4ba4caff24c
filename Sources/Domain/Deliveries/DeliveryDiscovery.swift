/// What there is to deliver, over all tenants: ids and times, never content (design.md 3).
public struct DeliveryDiscovery: Sendable {
    /// Receivers with something due, in the order of tenant and lane.
    public let lanes: [DueLane]
    /// Where the next page begins; nil when this was the last.
    public let next: DeliveryLane?
    /// How long until the next row that is not due yet, in microseconds; nil when there is none.
    public let untilNext: Int64?

    /// The most receivers of one page.
    public static let pageLimit = 1_000

    public init(lanes: [DueLane], next: DeliveryLane?, untilNext: Int64?) {
        self.lanes = lanes
        self.next = next
        self.untilNext = untilNext
    }
}
