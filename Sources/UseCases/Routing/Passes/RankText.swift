import Domain

/// The winner's rank as `ticket.assigned` records it, in the words of routing.md D: what explains an old assignment. Optional
/// and surplus skills are named where there are any.
struct RankText {
    private var loads: [AgentID: (agent: RoutingAgent, load: Int)]

    init(_ agents: [RoutingAgent]) {
        loads = Dictionary(agents.map { ($0.id, ($0, $0.load)) }, uniquingKeysWith: { first, _ in first })
    }

    /// Describes the next assignment of a batch, the loads including those before it.
    mutating func next(_ assignment: RoutingAssignment, of ticket: RoutingTicket) -> String {
        guard let (agent, before) = loads[assignment.agent] else { return "" }
        let load = before + assignment.weight
        loads[assignment.agent] = (agent, load)
        var optional = 0
        for wish in ticket.requirements.optional where agent.skills.contains(where: { $0.skill == wish.skill }) { optional += 1 }
        var required = 0
        for need in ticket.requirements.required where agent.skills.contains(where: { $0.skill == need.skill }) { required += 1 }
        let surplus = agent.skills.count - optional - required
        var text = ticket.preferredAgent == agent.id ? "preferred tier=" : "tier="
        text += String(agent.tier)
        if optional > 0 { text += " optional=\(optional)" }
        if surplus > 0 { text += " surplus=\(surplus)" }
        return text + " load=\(load)/\(agent.capacity)"
    }
}
