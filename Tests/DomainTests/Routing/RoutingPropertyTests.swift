import Testing

@testable import Domain

/// The matcher against ``BruteForce`` on random small desks; a failure prints the seed of its case.
@Suite struct RoutingPropertyTests {
    static let age = 700

    struct Case {
        let agents: [RoutingAgent]
        let tickets: [RoutingTicket]

        init(seed: UInt64, agents agentCount: Int, tickets ticketCount: Int, weights: ClosedRange<Int> = 1...1) {
            var random = SplitMix64(seed: seed)
            let names = ["a", "b", "c", "d", "e", "f", "g", "h"]
            agents = (0..<agentCount).map { position in
                var skills: [String: Int] = [:]
                for skill in ["x", "y", "z"] where Bool.random(using: &random) { skills[skill] = Int.random(in: 1...5, using: &random) }
                let capacity = Int.random(in: 1...3, using: &random)
                return Desk.agent(names[position], skills, load: Int.random(in: 0...capacity, using: &random), capacity: capacity) {
                    $0.tier = Int.random(in: 0...5, using: &random) == 0 ? 1 : 0
                    $0.isOnShift = Int.random(in: 0...7, using: &random) > 0
                    $0.presence = Int.random(in: 0...7, using: &random) > 0 ? .online : .offline
                    $0.lastAssignedAt = Bool.random(using: &random) ? nil : Desk.at(Int64.random(in: 0...3, using: &random))
                }
            }
            tickets = (0..<ticketCount).map { position in
                var required: [String: Int] = [:]
                var optional: [String: Int] = [:]
                for skill in ["x", "y", "z"] {
                    switch Int.random(in: 0...5, using: &random) {
                    case 0, 1: required[skill] = Int.random(in: 1...4, using: &random)
                    case 2: optional[skill] = Int.random(in: 1...4, using: &random)
                    default: break
                    }
                }
                return Desk.ticket(
                    names[position],
                    required: required,
                    optional: optional,
                    weight: Int.random(in: weights, using: &random),
                    priority: [.p2, .p3].randomElement(using: &random) ?? .p3,
                    preferred: Int.random(in: 0...3, using: &random) == 0 ? names[0] : nil,
                    excluded: Int.random(in: 0...3, using: &random) == 0 ? [names[agentCount - 1]] : []
                )
            }
        }

        var rankOrder: [RoutingTicket] { tickets.sorted { ($0.rankAt, $0.id) < ($1.rankAt, $1.id) } }
        var oracle: BruteForce { BruteForce(agents: agents, steps: RelaxationSchedule(Desk.steps).steps) }

        func run(mode: RoutingMode = .balanced) -> RoutingResult {
            var pool = RoutingPool(agents: agents, rules: RoutingQueueRules(mode: mode, steps: Desk.steps))
            return pool.match(tickets, now: Desk.at(Int64(RoutingPropertyTests.age)))
        }
    }

    @Test func servedSetIsTheBestInRankOrderAndTheLargest() {
        for seed in UInt64(1)...1_500 {
            let example = Case(seed: seed, agents: 4, tickets: 6)
            let served = example.run(mode: RoutingMode.allCases[Int(seed) % RoutingMode.allCases.count]).assignments.map(\.ticket)
            #expect(served == example.oracle.bestServedSet(example.rankOrder, age: Self.age), "seed \(seed)")
            #expect(served.count == example.oracle.largestServedCount(example.rankOrder, age: Self.age), "seed \(seed)")
        }
    }

    @Test func aSingleTicketGoesToTheBestAgent() {
        for seed in UInt64(1)...3_000 {
            let example = Case(seed: seed, agents: 7, tickets: 1, weights: 1...2)
            let ticket = example.tickets[0]
            let open = example.oracle.suitable(ticket, age: Self.age).filter { $0.load + ticket.weight <= $0.capacity }
            let best = open.min { example.oracle.isBetter($0, than: $1, for: ticket) }
            #expect(example.run().assignments.first?.agent == best?.id, "seed \(seed)")
        }
    }

    /// Places around 0° N 0° E, and in which ring each lies: those of a ring are equally far from there.
    private static let places = [(0, 0, 0), (0, 1, 1), (0, -1, 1), (1, 0, 1), (-1, 0, 1), (1, 1, 2), (-1, 1, 2), (-1, -1, 2)]

    @Test("A single ticket goes to the best agent in every mode, also among agents who are equally far", arguments: RoutingMode.allCases)
    func bestInEveryMode(mode: RoutingMode) throws {
        let centre = try #require(GeoPoint(latitudeMicrodegrees: 0, longitudeMicrodegrees: 0))
        var ties = 0
        for seed in UInt64(1)...2_000 {
            let example = Case(seed: seed, agents: 7, tickets: 1, weights: 1...2)
            var random = SplitMix64(seed: ~seed)
            var rings: [AgentID: Int] = [:]
            var agents = example.agents
            for index in agents.indices where Int.random(in: 0...4, using: &random) > 0 {
                let place = try #require(Self.places.randomElement(using: &random))
                agents[index].location = GeoPoint(latitudeMicrodegrees: place.0 * 1_000_000, longitudeMicrodegrees: place.1 * 1_000_000)
                rings[agents[index].id] = place.2
            }
            let asked = example.tickets[0]
            let ticket = RoutingTicket(
                id: asked.id,
                eligibleAt: asked.eligibleAt,
                rankAt: asked.rankAt,
                requirements: asked.requirements,
                weight: asked.weight,
                preferredAgent: asked.preferredAgent,
                excludedAgents: asked.excludedAgents,
                location: Int.random(in: 0...4, using: &random) > 0 ? centre : nil
            )
            let oracle = BruteForce(agents: agents, steps: example.oracle.steps)
            let open = oracle.suitable(ticket, age: Self.age).filter { $0.load + ticket.weight <= $0.capacity }
            let best = open.min { oracle.isBetter($0, than: $1, for: ticket, mode: mode, rings: rings) }
            if let best, open.contains(where: { $0.id != best.id && rings[$0.id] == rings[best.id] }) { ties += 1 }
            var pool = RoutingPool(agents: agents, rules: RoutingQueueRules(mode: mode, steps: Desk.steps))
            let result = pool.match([ticket], now: Desk.at(Int64(Self.age)))
            #expect(result.assignments.first?.agent == best?.id, "\(mode) seed \(seed)")
        }
        #expect(ties > 100)
    }

    @Test func noAgentGoesOverCapacityAndNobodyIsGivenWhatTheyCannotTake() {
        for seed in UInt64(1)...1_500 {
            let example = Case(seed: seed, agents: 5, tickets: 8, weights: 1...3)
            let result = example.run()
            #expect(result.assignments.count + result.waiting.count == 8, "seed \(seed)")
            var loads = Dictionary(uniqueKeysWithValues: example.agents.map { ($0.id, $0.load) })
            for assignment in result.assignments {
                loads[assignment.agent, default: 0] += assignment.weight
                let ticket = example.tickets.first { $0.id == assignment.ticket }
                let suitable = ticket.map { example.oracle.suitable($0, age: Self.age).map(\.id) } ?? []
                #expect(suitable.contains(assignment.agent), "seed \(seed)")
            }
            for agent in example.agents {
                #expect(loads[agent.id, default: 0] <= agent.capacity, "seed \(seed)")
            }
            for wait in result.waiting {
                guard let ticket = example.tickets.first(where: { $0.id == wait.ticket }) else { continue }
                let open = example.oracle.suitable(ticket, age: Self.age).filter { loads[$0.id, default: 0] + ticket.weight <= $0.capacity }
                #expect(open.isEmpty, "seed \(seed): \(wait) although somebody has room")
            }
        }
    }

    /// Routing.md E, M2: nobody waits for room that a ticket behind it got, whatever they weigh.
    @Test func nobodyIsPassedOver() {
        for seed in UInt64(1)...6_000 {
            let example = Case(seed: seed, agents: 4, tickets: 8, weights: 1...3)
            let result = example.run()
            var room = Dictionary(uniqueKeysWithValues: example.agents.map { ($0.id, $0.capacity - $0.load) })
            for assignment in result.assignments { room[assignment.agent, default: 0] -= assignment.weight }
            for wait in result.waiting where wait.reason == .noCapacity {
                guard let place = example.rankOrder.firstIndex(where: { $0.id == wait.ticket }) else { continue }
                let waiting = example.rankOrder[place]
                let suitable = Set(example.oracle.suitable(waiting, age: Self.age).map(\.id))
                for behind in example.rankOrder[(place + 1)...] {
                    guard let taken = result.assignments.first(where: { $0.ticket == behind.id }), suitable.contains(taken.agent) else { continue }
                    let isPassedOver = room[taken.agent, default: 0] + taken.weight >= waiting.weight
                    #expect(!isPassedOver, "seed \(seed): \(wait.ticket) waits, \(behind.id) does not")
                }
            }
        }
    }

    @Test func theOrderOfTheInputChangesNothing() {
        for seed in UInt64(1)...500 {
            let example = Case(seed: seed, agents: 6, tickets: 8, weights: 1...2)
            var random = SplitMix64(seed: seed)
            for mode in RoutingMode.allCases {
                var pool = RoutingPool(
                    agents: example.agents.shuffled(using: &random),
                    rules: RoutingQueueRules(mode: mode, steps: Desk.steps)
                )
                let shuffled = pool.match(example.tickets.shuffled(using: &random), now: Desk.at(Int64(Self.age)))
                #expect(shuffled == example.run(mode: mode), "seed \(seed)")
            }
        }
    }

    @Test func everyWaitingTicketHasAReasonFromEveryAgent() {
        for seed in UInt64(1)...500 {
            let example = Case(seed: seed, agents: 5, tickets: 8, weights: 1...2)
            var pool = RoutingPool(agents: example.agents, rules: RoutingQueueRules(steps: Desk.steps))
            let result = pool.match(example.tickets, now: Desk.at(Int64(Self.age)))
            for wait in result.waiting {
                guard let ticket = example.tickets.first(where: { $0.id == wait.ticket }) else { continue }
                #expect(pool.refusals(of: ticket, now: Desk.at(Int64(Self.age))).count == 5, "seed \(seed)")
            }
        }
    }

    @Test func noTicketStarves() {
        // One agent, one free place a minute, a new P1 each minute: the P4 waits 300 minutes behind the P1s, and no longer.
        let old = Desk.ticket("p4", eligibleAt: 0, priority: .p4)
        var servedAt: Int64?
        var queue = [old]
        for minute in Int64(0)...400 where servedAt == nil {
            queue.append(Desk.ticket("m\(minute)", eligibleAt: minute * 60, priority: .p1))
            let served = Desk.match(queue, [Desk.agent("a", capacity: 1)], age: minute * 60)
            queue.removeAll { served.keys.contains(Desk.name($0.id.low)) }
            if served["p4"] != nil { servedAt = minute }
        }
        // At minute 300 the ranks are equal, and the older goes first.
        #expect(servedAt == 300)
    }
}
