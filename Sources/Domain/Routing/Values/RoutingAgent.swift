/// What routing knows of an agent of the tenant, for one queue and channel (routing.md, inputs).
public struct RoutingAgent: Hashable, Sendable {
    public let id: AgentID
    /// Whether the agent belongs to the queue.
    public var isMember = true
    public var presence = RoutingPresence.online
    /// Whether the agent takes work of the ticket's channel.
    public var isChannelOn = true
    public var isOnShift = true
    /// 0 serves the queue from the start; further tiers are admitted by relaxation steps.
    public var tier = 0
    public var skills: [SkillLevel] = []
    /// Capacity units on the ticket's channel.
    public var capacity: Int
    /// Units taken on the channel by assignments and open offers.
    public var load = 0
    /// Capacity units over all channels; nil is no limit.
    public var universalCapacity: Int?
    public var universalLoad = 0
    /// The effective capacity while ramping up, from ``RoutingLoad/rampUpCapacity(onlineFor:rampSeconds:)``; nil once it does not bind.
    public var rampUpCapacity: Int?
    /// Assignments left in the present window of the rate limit; nil is no limit.
    public var assignmentsLeft: Int?
    /// Whether a wrap-up time runs.
    public var isWrappingUp = false
    public var lastAssignedAt: Timestamp?
    /// The territories the agent serves; nil is everywhere.
    public var serviceAreas: [String]?
    public var location: GeoPoint?

    public init(id: AgentID, capacity: Int) {
        self.id = id
        self.capacity = capacity
    }
}
