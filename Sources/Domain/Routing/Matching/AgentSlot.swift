/// What changes about an agent while a batch is matched.
struct AgentSlot: Sendable {
    /// A channel with a capacity of its own.
    struct Limit: Sendable {
        let channel: Channel
        let capacity: Int32
        var load: Int32

        var room: Int32 { capacity - load }
    }

    let capacity: Int32
    var load: Int32
    /// Units that still fit on any channel: the least of what capacity and ramp-up leave.
    var room: Int32
    /// By the rate limit; 0 while wrapping up.
    var assignmentsLeft: Int32
    /// Microseconds since 1970; `Int64.min` for never.
    var lastAssigned: Int64
    /// Grows with each change, so that a rank computed earlier is known to be out of date.
    var version: Int32 = 0
    /// Empty for nearly everybody.
    private var limits: [Limit]

    init(_ agent: RoutingAgent) {
        capacity = RoutingLoad.bounded(agent.capacity)
        load = RoutingLoad.bounded(agent.load)
        var room = capacity - load
        if let rampUp = agent.rampUpCapacity {
            room = min(room, RoutingLoad.bounded(rampUp) - load)
        }
        self.room = room
        assignmentsLeft = agent.isWrappingUp ? 0 : agent.assignmentsLeft.map(RoutingLoad.bounded) ?? .max
        lastAssigned = agent.lastAssignedAt?.microseconds ?? .min
        limits = agent.channelLimits.map {
            Limit(channel: $0.channel, capacity: RoutingLoad.bounded($0.capacity), load: RoutingLoad.bounded($0.load))
        }
    }

    func fits(_ weight: Int32, on channel: Channel) -> Bool {
        room >= weight && assignmentsLeft > 0 && (limit(of: channel)?.room ?? weight) >= weight
    }

    /// Whether a unit of work would fit once another had gone.
    func fits(_ weight: Int32, on channel: Channel, without leaving: Int32, on former: Channel) -> Bool {
        guard room + leaving >= weight else { return false }
        guard let limit = limit(of: channel) else { return true }
        return limit.room + (former == channel ? leaving : 0) >= weight
    }

    /// Whether a unit of work would fit beside another that comes as well, once a third had gone.
    func fits(_ work: RoutingWork, beside coming: RoutingWork, without leaving: RoutingWork) -> Bool {
        guard assignmentsLeft > 0, room + leaving.weight - coming.weight >= work.weight else { return false }
        guard let limit = limit(of: work.channel) else { return true }
        let left = leaving.channel == work.channel ? leaving.weight : 0
        let taken = coming.channel == work.channel ? coming.weight : 0
        return limit.room + left - taken >= work.weight
    }

    /// Whether a unit of work would fit if there were nothing else to do, and no ramp-up, wrap-up or rate limit (routing.md B: whatever their load).
    func couldTake(_ weight: Int32, on channel: Channel) -> Bool {
        weight <= capacity && weight <= limit(of: channel)?.capacity ?? weight
    }

    /// The heaviest unit of work that fits on any channel then.
    var leastCapacity: Int32 { limits.reduce(capacity) { min($0, $1.capacity) } }

    func limit(of channel: Channel) -> Limit? {
        limits.first { $0.channel == channel }
    }

    /// What a rank compares: the load on the channel where it has a capacity of its own, else the whole.
    func share(of channel: Channel) -> (load: Int32, capacity: Int32) {
        limit(of: channel).map { ($0.load, $0.capacity) } ?? (load, capacity)
    }

    /// Adds (or, with a negative weight, takes away) one assignment.
    mutating func change(by weight: Int32, on channel: Channel) {
        load += weight
        room -= weight
        for index in limits.indices where limits[index].channel == channel { limits[index].load += weight }
        if assignmentsLeft != .max { assignmentsLeft += weight > 0 ? -1 : 1 }
        version &+= 1
    }
}
