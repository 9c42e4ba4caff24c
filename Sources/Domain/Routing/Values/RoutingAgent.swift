/// What routing knows of an agent of the tenant, for one queue and channel (routing.md, inputs).
public struct RoutingAgent: Hashable, Sendable {
    public let id: AgentID
    /// Whether the agent belongs to the queue.
    public var isMember = true
    public var presence = RoutingPresence.online
    /// The channels whose work the agent does not take now.
    public var channelsOff: Set<Channel> = []
    public var isOnShift = true
    /// Whether a recorded absence runs.
    public var isAbsent = false
    /// 0 serves the queue from the start; further tiers are admitted by relaxation steps.
    public var tier = 0
    public var skills: [SkillLevel] = []
    /// Capacity units over all channels: the universal capacity of routing.md C where a channel has one of its own.
    public var capacity: Int
    /// Units taken by assignments and open offers, on whatever channel.
    public var load = 0
    /// Channels with a capacity of their own, each at most once; what is on them counts in ``load`` too.
    public var channelLimits: [ChannelLimit] = []
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
