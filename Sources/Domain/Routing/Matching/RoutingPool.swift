/// The agents of one tenant as one queue sees them, prepared for matching tickets (routing.md B to E).
///
/// The dispatcher builds a pool from the rows it has read, calls ``match(_:now:)`` once and commits the result. Assignments change the
/// pool's loads, so explanations and refusals asked for afterwards speak of the state that the batch leaves behind.
///
/// The result depends on nothing but the values passed in: not on the order of agents or tickets, nor on hash seeds.
public struct RoutingPool: Sendable {
    /// The most tickets that a dispatcher hands over in one pass (routing.md E).
    public static let batchLimit = 500

    /// In the order of their ids: an agent's position stands for the id in the last tie-break.
    let agents: [RoutingAgent]
    let rules: RoutingQueueRules
    /// Whether somebody has a channel with a capacity of its own.
    let hasChannelLimits: Bool
    /// For each agent the first failing filter that has nothing to do with the ticket.
    let barriers: [RoutingRefusal?]
    /// The agents without a barrier.
    let present: [Int]
    /// What the least of them takes on any channel: no weight up to this keeps anybody from a ticket whatever his load.
    let leastCapacity: Int32

    var slots: [AgentSlot]
    var skills: SkillTable
    var classes: [RequirementClass] = []
    var classOfKey: [RequirementClass.Key: Int] = [:]
    /// The latest assignment of any agent in microseconds; each further one is later, so that round robin goes on inside a batch.
    var latestAssignment: Int64

    /// - Parameter agents: in any order; of two with the same id only one counts.
    public init(agents: [RoutingAgent], rules: RoutingQueueRules) {
        self.agents = RoutingPool.inOrderOfID(agents)
        self.rules = rules
        hasChannelLimits = self.agents.contains { !$0.channelLimits.isEmpty }
        barriers = self.agents.map(RoutingPool.barrier)
        present = barriers.indices.filter { [barriers] in barriers[$0] == nil }
        slots = self.agents.map(AgentSlot.init)
        leastCapacity = present.reduce(.max) { [slots] in min($0, slots[$1].leastCapacity) }
        skills = SkillTable(self.agents)
        latestAssignment = slots.reduce(.min) { max($0, $1.lastAssigned) }
    }

    /// Takes a finished or rescinded assignment off an agent; an agent that is not in the pool is ignored.
    public mutating func release(weight: Int, on channel: Channel = .api, from agent: AgentID) {
        guard let index = index(of: agent) else { return }
        slots[index].change(by: -RoutingLoad.bounded(max(1, weight)), on: channel)
    }

    /// Whether somebody who is there could take one more small ticket.
    public var hasRoom: Bool { present.contains { slots[$0].room > 0 && slots[$0].assignmentsLeft > 0 } }

    /// Whether nobody gets a ticket but who claims it.
    func waitsForClaim(_ ticket: RoutingTicket) -> Bool { rules.waitsForClaim && ticket.wasAskedInVain }

    /// The agent's position, by binary search.
    func index(of id: AgentID) -> Int? {
        var (low, high) = (0, agents.count)
        while low < high {
            let middle = (low + high) / 2
            if agents[middle].id < id { low = middle + 1 } else { high = middle }
        }
        return low < agents.count && agents[low].id == id ? low : nil
    }

    /// Routing.md C, the filters that come before everything that depends on the ticket.
    private static func barrier(_ agent: RoutingAgent) -> RoutingRefusal? {
        guard agent.isMember else { return .notMember }
        guard agent.presence == .online else { return .offline }
        guard agent.isOnShift else { return .offShift }
        return agent.isAbsent ? .absent : nil
    }

    private static func inOrderOfID(_ agents: [RoutingAgent]) -> [RoutingAgent] {
        // Rows usually arrive in this order; a look costs less than a sort.
        if agents.indices.dropFirst().allSatisfy({ agents[$0 - 1].id < agents[$0].id }) { return agents }
        var unique: [RoutingAgent] = []
        for agent in agents.sorted(by: { $0.id < $1.id }) where agent.id != unique.last?.id {
            unique.append(agent)
        }
        return unique
    }
}
