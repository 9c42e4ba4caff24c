@testable import Domain

/// An independent, slow reading of routing.md B to E to check the matcher against: no classes, no heaps, no shared code of rank or filters.
struct BruteForce {
    let agents: [RoutingAgent]
    let steps: [RelaxationStep]

    /// Whatever the agent has to do, and whether or not he declined it.
    func couldTake(_ agent: RoutingAgent, _ ticket: RoutingTicket, at step: RelaxationStep) -> Bool {
        guard agent.isMember, agent.presence == .online, !agent.channelsOff.contains(ticket.channel), agent.isOnShift, agent.tier <= step.tier else {
            return false
        }
        guard ticket.weight <= agent.capacity, agent.channelLimits.allSatisfy({ $0.channel != ticket.channel || ticket.weight <= $0.capacity }) else {
            return false
        }
        if let area = ticket.serviceArea, let areas = agent.serviceAreas, !areas.contains(area) { return false }
        for need in ticket.requirements.required {
            guard let held = agent.skills.first(where: { $0.skill == need.skill }) else { return false }
            if held.level < max(1, need.level - step.levelsDown) { return false }
        }
        for wish in ticket.requirements.optional where wish.dropRank < (step.dropFrom ?? 10) {
            if !agent.skills.contains(where: { $0.skill == wish.skill }) { return false }
        }
        return true
    }

    /// The agents who may take the ticket once they have room, at the step in force or the first later one at which anybody could.
    func suitable(_ ticket: RoutingTicket, age: Int) -> [RoutingAgent] {
        let inForce = steps.lastIndex { $0.afterSeconds <= age } ?? 0
        for step in steps[inForce...] {
            let found = agents.filter { couldTake($0, ticket, at: step) }
            if !found.isEmpty { return found.filter { !ticket.excludedAgents.contains($0.id) } }
        }
        return []
    }

    /// For tickets of weight 1 in rank order: takes each that can be served together with all those taken before, by trying every way.
    func bestServedSet(_ tickets: [RoutingTicket], age: Int) -> [TicketID] {
        var taken: [RoutingTicket] = []
        for ticket in tickets where canServeAll(taken + [ticket], age: age, rooms: rooms) {
            taken.append(ticket)
        }
        return taken.map(\.id)
    }

    /// The most tickets that can be served at all, by trying every subset.
    func largestServedCount(_ tickets: [RoutingTicket], age: Int) -> Int {
        (0..<(1 << tickets.count)).reduce(0) { best, subset in
            let chosen = tickets.indices.filter { subset >> $0 & 1 == 1 }.map { tickets[$0] }
            return chosen.count > best && canServeAll(chosen, age: age, rooms: rooms) ? chosen.count : best
        }
    }

    private func canServeAll(_ tickets: [RoutingTicket], age: Int, rooms: [AgentID: Room]) -> Bool {
        guard let first = tickets.first else { return true }
        return suitable(first, age: age).contains { agent in
            var next = rooms
            guard next[agent.id]?.take(first) == true else { return false }
            return canServeAll(Array(tickets.dropFirst()), age: age, rooms: next)
        }
    }

    /// What is left of each agent before anything is assigned.
    var rooms: [AgentID: Room] { Dictionary(uniqueKeysWithValues: agents.map { ($0.id, Room($0)) }) }

    /// What is wrong with an outcome: somebody got what he cannot take, or a ticket waits for room that is there, or that one other ticket of the batch would make
    /// by moving to another of its agents.
    func fault(of result: RoutingResult, _ tickets: [RoutingTicket], age: Int) -> String? {
        let ticketOf = Dictionary(uniqueKeysWithValues: tickets.map { ($0.id, $0) })
        let suitableOf = ticketOf.mapValues { Set(suitable($0, age: age).map(\.id)) }
        var rooms = rooms
        for assignment in result.assignments {
            guard let ticket = ticketOf[assignment.ticket] else { return "an unknown ticket" }
            guard suitableOf[ticket.id]?.contains(assignment.agent) == true else { return "\(assignment) although he may not" }
            guard rooms[assignment.agent]?.take(ticket) == true else { return "\(assignment) although he is full" }
        }
        for wait in result.waiting where wait.reason == .noCapacity {
            guard let ticket = ticketOf[wait.ticket], let suitable = suitableOf[ticket.id] else { return "an unknown ticket" }
            if let free = suitable.first(where: { rooms[$0]?.fits(ticket) == true }) { return "\(wait) although \(free) has room" }
            for assignment in result.assignments where suitable.contains(assignment.agent) {
                guard let other = ticketOf[assignment.ticket], var room = rooms[assignment.agent] else { continue }
                room.give(back: other)
                guard room.fits(ticket) else { continue }
                let targets = suitableOf[other.id]?.filter { $0 != assignment.agent && rooms[$0]?.fits(other) == true } ?? []
                if let target = targets.first { return "\(wait) although \(assignment) might move to \(target)" }
            }
        }
        return nil
    }

    /// What is left of an agent.
    struct Room {
        var units: Int
        var channels: [Channel: Int]
        /// By the rate limit; nil is no limit.
        var assignments: Int?

        init(_ agent: RoutingAgent) {
            units = min(agent.capacity, agent.rampUpCapacity ?? agent.capacity) - agent.load
            channels = Dictionary(uniqueKeysWithValues: agent.channelLimits.map { ($0.channel, $0.capacity - $0.load) })
            assignments = agent.isWrappingUp ? 0 : agent.assignmentsLeft
        }

        func fits(_ ticket: RoutingTicket) -> Bool {
            ticket.weight <= units && ticket.weight <= channels[ticket.channel] ?? units && assignments != 0
        }

        mutating func take(_ ticket: RoutingTicket) -> Bool {
            guard fits(ticket) else { return false }
            units -= ticket.weight
            channels[ticket.channel]? -= ticket.weight
            assignments = assignments.map { $0 - 1 }
            return true
        }

        mutating func give(back ticket: RoutingTicket) {
            units += ticket.weight
            channels[ticket.channel]? += ticket.weight
            assignments = assignments.map { $0 + 1 }
        }
    }

    /// Whether an agent is strictly better for a single ticket, by routing.md D.
    ///
    /// - Parameter rings: how far each agent is, as equal or different numbers; whoever is not there has no place.
    func isBetter(
        _ left: RoutingAgent,
        than right: RoutingAgent,
        for ticket: RoutingTicket,
        mode: RoutingMode = .balanced,
        rings: [AgentID: Int] = [:]
    ) -> Bool {
        let (l, r) = (key(left, ticket, mode, rings), key(right, ticket, mode, rings))
        for (a, b) in zip(l, r) where a != b { return a < b }
        return left.id < right.id
    }

    /// The criteria as exact fractions over a common denominator, so that the comparison shares nothing with the matcher's.
    private func key(_ agent: RoutingAgent, _ ticket: RoutingTicket, _ mode: RoutingMode, _ rings: [AgentID: Int]) -> [Int] {
        let held = Set(agent.skills.map(\.skill))
        let asked = Set(ticket.requirements.required.map(\.skill) + ticket.requirements.optional.map(\.skill))
        let denominator = agents.reduce(1) { $0 * max(1, $1.capacity) }
        let fraction = (agent.load + ticket.weight) * denominator / agent.capacity
        let band = fraction * 100 <= 50 * denominator ? 0 : fraction * 100 <= 80 * denominator ? 1 : 2
        let preferred = agent.id == ticket.preferredAgent ? 0 : 1
        let usual = [preferred, agent.tier, -ticket.requirements.optional.filter { held.contains($0.skill) }.count]
        let surplus = held.subtracting(asked).count
        let turn = agent.lastAssignedAt.map { Int($0.microseconds) } ?? .min
        let levels = agent.skills.filter { asked.contains($0.skill) }.reduce(0) { $0 + $1.level }
        return switch mode {
        case .balanced: usual + [band, surplus, fraction, turn]
        case .bestSkill: usual + [-levels, band, surplus, fraction, turn]
        case .nearest: usual + [ticket.location == nil ? 0 : rings[agent.id] ?? .max, band, surplus, fraction, turn]
        case .leastLoaded: [preferred, fraction, surplus, turn]
        case .roundRobin: [preferred, turn]
        }
    }
}
