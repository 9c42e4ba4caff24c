public import Domain

/// What a look has found that may begin a pass (``Database/look(limit:_:)``).
public struct LaneLook: Sendable {
    /// The one queue with signals, whose lane the transaction holds, and whose tenant it is about.
    public struct Found: Sendable {
        public let lane: RoutingLane
        /// The version of the tenant's configuration that the transaction shows to go by.
        public let version: Int64
        public let reading: LaneReading
    }

    /// As of any look at signals.
    public let discovery: RoutingDiscovery
    /// Nil where no pass can go on in this transaction: none or several queues have signals, another dispatcher has the lane, or the configuration is
    /// being changed.
    public let found: Found?
}
