/// What changes about an agent while a batch is matched.
struct AgentSlot: Sendable {
    let capacity: Int32
    var load: Int32
    /// Units that still fit: the least of what capacity, universal capacity and ramp-up leave.
    var room: Int32
    /// By the rate limit; 0 while wrapping up.
    var assignmentsLeft: Int32
    /// Microseconds since 1970; `Int64.min` for never.
    var lastAssigned: Int64
    /// Grows with each change, so that a rank computed earlier is known to be out of date.
    var version: Int32 = 0

    init(_ agent: RoutingAgent) {
        capacity = RoutingLoad.bounded(agent.capacity)
        load = RoutingLoad.bounded(agent.load)
        var room = capacity - load
        if let universal = agent.universalCapacity {
            room = min(room, RoutingLoad.bounded(universal) - RoutingLoad.bounded(agent.universalLoad))
        }
        if let rampUp = agent.rampUpCapacity {
            room = min(room, RoutingLoad.bounded(rampUp) - load)
        }
        self.room = room
        assignmentsLeft = agent.isWrappingUp ? 0 : agent.assignmentsLeft.map(RoutingLoad.bounded) ?? .max
        lastAssigned = agent.lastAssignedAt?.microseconds ?? .min
    }

    func fits(_ weight: Int32) -> Bool {
        room >= weight && assignmentsLeft > 0
    }

    /// Adds (or, with a negative weight, takes away) one assignment.
    mutating func change(by weight: Int32) {
        load += weight
        room -= weight
        if assignmentsLeft != .max { assignmentsLeft += weight > 0 ? -1 : 1 }
        version &+= 1
    }
}
