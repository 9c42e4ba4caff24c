/// A desk of agents under one rule: plays arrivals and endings of work in order of time.
///
/// An agent holds as many tickets as the capacity allows but works on one at a time, in the order of assignment. A wait ends when work begins.
struct SimulatedDesk {
    struct Arrival {
        let ticket: RoutingTicket
        /// Position of the ticket's kind, for the waiting lists.
        let kind: Int
        let priority: Priority
        /// Microseconds of work once assigned; the same whoever does it.
        let handling: Int64

        /// The waiting list: as a real pass reads it, of one kind and priority, so that its first is its oldest and the furthest relaxed.
        var list: Int { kind * Priority.allCases.count + priority.rawValue - 1 }
    }

    private struct Ending: Comparable {
        let at: Int64
        let agent: Int
        let number: Int

        static func < (left: Ending, right: Ending) -> Bool {
            (left.at, left.number) < (right.at, right.number)
        }
    }

    /// In the order in which work began.
    private(set) var waits: [Int64] = []
    private(set) var waitsByPriority: [Priority: [Int64]] = [:]
    private(set) var fullMatches = 0
    private let rule: RouteSimulationRule
    /// Only where the rule is that of a queue.
    private let queue: SimulatedQueue?
    private var pool: RoutingPool
    private var generator: SplitMix64
    /// For each kind of ticket and priority those waiting, the first in order at the head.
    private var waiting: [[Arrival]]
    /// For each agent the tickets assigned; the first is being worked on.
    private var assigned: [[Arrival]]
    /// The next to come at the end.
    private var endings: [Ending] = []
    private var busy: [Int64]
    private var clock: Int64 = 0

    init(_ scenario: SimulationScenario, rule: RouteSimulationRule, seed: UInt64, queue: SimulatedQueue? = nil) {
        self.rule = rule
        self.queue = rule == .queue ? queue : nil
        pool = RoutingPool(agents: scenario.agents, rules: self.queue?.rules ?? SimulationScenario.rules(for: rule))
        // Not the arrivals' own numbers.
        generator = SplitMix64(seed: ~seed)
        waiting = Array(repeating: [], count: scenario.kinds.count * Priority.allCases.count)
        busy = Array(repeating: 0, count: pool.agents.count)
        assigned = Array(repeating: [], count: pool.agents.count)
    }

    /// The share of the time that each agent worked.
    var busyFractions: [Double] {
        busy.map { Double($0) / Double(max(1, clock)) }
    }

    mutating func play(_ arrivals: [Arrival]) {
        for arrival in arrivals.map(ranked) {
            endWork(until: arrival.ticket.eligibleAt.microseconds)
            clock = arrival.ticket.eligibleAt.microseconds
            if !assign([arrival]).isEmpty { continue }
            let list = waiting[arrival.list]
            let position = list.firstIndex { arrival.ticket.rankAt < $0.ticket.rankAt } ?? list.count
            waiting[arrival.list].insert(arrival, at: position)
        }
        endWork(until: .max)
    }

    private func ranked(_ arrival: Arrival) -> Arrival {
        guard let queue else { return arrival }
        let (id, eligibleAt) = (arrival.ticket.id, arrival.ticket.eligibleAt)
        let rankAt = queue.order.rankAt(eligibleAt: eligibleAt, priority: arrival.priority)
        let ticket = RoutingTicket(id: id, eligibleAt: eligibleAt, rankAt: rankAt, requirements: arrival.ticket.requirements)
        return Arrival(ticket: ticket, kind: arrival.kind, priority: arrival.priority, handling: arrival.handling)
    }

    /// Ends what ends until then, and relaxes what waits.
    private mutating func endWork(until limit: Int64) {
        while true {
            let step = queue.flatMap { queue in waiting.compactMap { $0.first.flatMap { queue.nextStep(of: $0.ticket, at: clock) } }.min() }
            let next = min(endings.last?.at ?? .max, step ?? .max)
            guard next <= limit, next < .max else { return }
            clock = next
            if let ending = endings.last, ending.at == next {
                endings.removeLast()
                assigned[ending.agent].removeFirst()
                pool.slots[ending.agent].change(by: -1, on: .api)
                beginWork(of: ending.agent)
            }
            drain()
        }
    }

    /// Only the head of each list can be next, so a freed agent costs a look at a few tickets however many wait.
    private mutating func drain() {
        while true {
            let heads = waiting.compactMap(\.first)
            guard !heads.isEmpty else { return }
            let started = assign(heads)
            guard !started.isEmpty else { return }
            for list in started {
                waiting[list].removeFirst()
            }
        }
    }

    /// Assigns what can be assigned now.
    ///
    /// - Returns: the lists of the tickets assigned.
    private mutating func assign(_ arrivals: [Arrival]) -> [Int] {
        var lists: [Int] = []
        for (ticket, agent) in choose(arrivals.map(\.ticket)) {
            guard let arrival = arrivals.first(where: { $0.ticket.id == ticket }), let index = pool.index(of: agent) else { continue }
            lists.append(arrival.list)
            assigned[index].append(arrival)
            if assigned[index].count == 1 { beginWork(of: index) }
        }
        return lists
    }

    private mutating func beginWork(of agent: Int) {
        guard let arrival = assigned[agent].first else { return }
        let wait = clock - arrival.ticket.eligibleAt.microseconds
        waits.append(wait)
        waitsByPriority[arrival.priority, default: []].append(wait)
        busy[agent] += arrival.handling
        let held = pool.agents[agent].skills
        fullMatches += arrival.ticket.requirements.optional.allSatisfy { wish in held.contains { $0.skill == wish.skill } } ? 1 : 0
        let ending = Ending(at: clock + arrival.handling, agent: agent, number: waits.count)
        endings.insert(ending, at: endings.firstIndex { $0 < ending } ?? endings.count)
    }

    private mutating func choose(_ tickets: [RoutingTicket]) -> [(TicketID, AgentID)] {
        let now = Timestamp(microseconds: clock)
        switch rule {
        case .balanced, .roundRobin, .queue:
            return pool.match(tickets, now: now).assignments.map { ($0.ticket, $0.agent) }
        case .random, .fewestOpen:
            // One at a time: these rules know no batch.
            for ticket in tickets.sorted(by: { ($0.rankAt, $0.id) < ($1.rankAt, $1.id) }) {
                let open = pool.openAgents(for: ticket, now: now)
                let pick = rule == .random ? open.randomElement(using: &generator) : open.min { pool.slots[$0].load < pool.slots[$1].load }
                guard let pick else { continue }
                pool.slots[pick].change(by: 1, on: ticket.channel)
                return [(ticket.id, pool.agents[pick].id)]
            }
            return []
        }
    }
}

extension RoutingPool {
    /// The positions of all agents who may take the ticket now.
    fileprivate mutating func openAgents(for ticket: RoutingTicket, now: Timestamp) -> [Int] {
        let classIndex = classIndex(of: ticket)
        let step = effectiveStep(class: classIndex, ticket: ticket, excluded: excludedIndices(of: ticket), now: now)
        let weight = RoutingLoad.bounded(ticket.weight)
        return candidates(class: classIndex, step: step.index).map { Int($0.agent) }.filter { slots[$0].fits(weight, on: ticket.channel) }
    }
}
