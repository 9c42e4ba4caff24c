@testable import Domain

/// An independent, slow reading of routing.md B to E to check the matcher against: no classes, no heaps, no shared code of rank or filters.
struct BruteForce {
    let agents: [RoutingAgent]
    let steps: [RelaxationStep]

    func canTake(_ agent: RoutingAgent, _ ticket: RoutingTicket, at step: RelaxationStep) -> Bool {
        guard agent.isMember, agent.presence == .online, !agent.channelsOff.contains(ticket.channel), agent.isOnShift, agent.tier <= step.tier else {
            return false
        }
        guard !ticket.excludedAgents.contains(agent.id) else { return false }
        for need in ticket.requirements.required {
            guard let held = agent.skills.first(where: { $0.skill == need.skill }) else { return false }
            if held.level < max(1, need.level - step.levelsDown) { return false }
        }
        for wish in ticket.requirements.optional where wish.dropRank < (step.dropFrom ?? 10) {
            if !agent.skills.contains(where: { $0.skill == wish.skill }) { return false }
        }
        return true
    }

    /// The agents who could take the ticket whatever their load, at the step in force or the first later one with any.
    func suitable(_ ticket: RoutingTicket, age: Int) -> [RoutingAgent] {
        let inForce = steps.lastIndex { $0.afterSeconds <= age } ?? 0
        for step in steps[inForce...] {
            let found = agents.filter { canTake($0, ticket, at: step) }
            if !found.isEmpty { return found }
        }
        return []
    }

    /// For tickets of weight 1 in rank order: takes each that can be served together with all those taken before, by trying every way.
    func bestServedSet(_ tickets: [RoutingTicket], age: Int) -> [TicketID] {
        var taken: [RoutingTicket] = []
        for ticket in tickets where canServeAll(taken + [ticket], age: age, used: [:]) {
            taken.append(ticket)
        }
        return taken.map(\.id)
    }

    /// The most tickets that can be served at all, by trying every subset.
    func largestServedCount(_ tickets: [RoutingTicket], age: Int) -> Int {
        (0..<(1 << tickets.count)).reduce(0) { best, subset in
            let chosen = tickets.indices.filter { subset >> $0 & 1 == 1 }.map { tickets[$0] }
            return chosen.count > best && canServeAll(chosen, age: age, used: [:]) ? chosen.count : best
        }
    }

    private func canServeAll(_ tickets: [RoutingTicket], age: Int, used: [AgentID: Int]) -> Bool {
        guard let first = tickets.first else { return true }
        return suitable(first, age: age).contains { agent in
            let load = agent.load + used[agent.id, default: 0]
            guard load < agent.capacity else { return false }
            var next = used
            next[agent.id, default: 0] += 1
            return canServeAll(Array(tickets.dropFirst()), age: age, used: next)
        }
    }

    /// Whether an agent is strictly better for a single ticket in balanced mode, by routing.md D.
    func isBetter(_ left: RoutingAgent, than right: RoutingAgent, for ticket: RoutingTicket) -> Bool {
        let (l, r) = (key(left, ticket), key(right, ticket))
        for (a, b) in zip(l, r) where a != b { return a < b }
        return left.id < right.id
    }

    /// The criteria as exact fractions over a common denominator, so that the comparison shares nothing with the matcher's.
    private func key(_ agent: RoutingAgent, _ ticket: RoutingTicket) -> [Int] {
        let held = Set(agent.skills.map(\.skill))
        let asked = Set(ticket.requirements.required.map(\.skill) + ticket.requirements.optional.map(\.skill))
        let denominator = agents.reduce(1) { $0 * max(1, $1.capacity) }
        let fraction = (agent.load + ticket.weight) * denominator / agent.capacity
        let band = fraction * 100 <= 50 * denominator ? 0 : fraction * 100 <= 80 * denominator ? 1 : 2
        return [
            agent.id == ticket.preferredAgent ? 0 : 1,
            agent.tier,
            -ticket.requirements.optional.filter { held.contains($0.skill) }.count,
            band,
            held.subtracting(asked).count,
            fraction,
            agent.lastAssignedAt.map { Int($0.microseconds) } ?? .min,
        ]
    }
}
