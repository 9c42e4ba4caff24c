import Testing

@testable import Domain

/// Exchanges inside a batch where weights, channels, rates and areas differ (routing.md E), against ``BruteForce``.
@Suite struct RoutingExchangeTests {
    private static let age = 700

    private struct Case {
        let agents: [RoutingAgent]
        let tickets: [RoutingTicket]

        init(seed: UInt64, agents agentCount: Int, tickets ticketCount: Int, weights: ClosedRange<Int>, hasChannels: Bool = true) {
            var random = SplitMix64(seed: seed)
            let channels: [Channel] = hasChannels ? [.email, .phone, .web] : [.email]
            agents = (0..<agentCount).map { position in
                var skills: [String: Int] = [:]
                for skill in ["x", "y"] where Int.random(in: 0...3, using: &random) > 0 { skills[skill] = Int.random(in: 1...5, using: &random) }
                let capacity = Int.random(in: 0...5, using: &random)
                return Desk.agent("a\(position)", skills, load: Int.random(in: 0...max(0, capacity - 1), using: &random), capacity: capacity) {
                    agent in
                    agent.tier = Int.random(in: 0...5, using: &random) == 0 ? 1 : 0
                    if hasChannels {
                        for channel in channels where Int.random(in: 0...2, using: &random) == 0 {
                            let limit = Int.random(in: 0...3, using: &random)
                            agent.channelLimits.append(
                                ChannelLimit(channel, capacity: limit, load: Int.random(in: 0...min(limit, agent.load), using: &random))
                            )
                        }
                        if Int.random(in: 0...6, using: &random) == 0 { agent.channelsOff = [channels[Int.random(in: 0...2, using: &random)]] }
                    }
                    if Int.random(in: 0...3, using: &random) == 0 { agent.rampUpCapacity = Int.random(in: 1...4, using: &random) }
                    if Int.random(in: 0...3, using: &random) == 0 { agent.assignmentsLeft = Int.random(in: 0...2, using: &random) }
                    if Int.random(in: 0...7, using: &random) == 0 { agent.isWrappingUp = true }
                    if Int.random(in: 0...2, using: &random) == 0 { agent.serviceAreas = [Bool.random(using: &random) ? "north" : "south"] }
                    agent.location = GeoPoint(latitudeMicrodegrees: Int.random(in: 0...5, using: &random) * 1_000_000, longitudeMicrodegrees: 0)
                    agent.lastAssignedAt = Bool.random(using: &random) ? nil : Desk.at(Int64.random(in: 0...3, using: &random))
                }
            }
            tickets = (0..<ticketCount).map { position in
                var required: [SkillLevel] = []
                var optional: [OptionalSkill] = []
                for skill in ["x", "y"] {
                    switch Int.random(in: 0...5, using: &random) {
                    case 0, 1: required.append(SkillLevel(Desk.skillID(skill), level: Int.random(in: 1...3, using: &random)))
                    case 2: optional.append(OptionalSkill(Desk.skillID(skill), dropRank: Int.random(in: 1...4, using: &random)))
                    default: break
                    }
                }
                return RoutingTicket(
                    id: Desk.ticketID("t\(position)"),
                    eligibleAt: Desk.at(0),
                    rankAt: Desk.at(Int64.random(in: 0...2, using: &random)),
                    requirements: SkillRequirements(required: required, optional: optional),
                    channel: channels.randomElement(using: &random) ?? .email,
                    weight: Int.random(in: weights, using: &random),
                    preferredAgent: Int.random(in: 0...4, using: &random) == 0 ? Desk.agentID("a0") : nil,
                    excludedAgents: Int.random(in: 0...4, using: &random) == 0 ? [Desk.agentID("a\(agentCount - 1)")] : [],
                    serviceArea: Int.random(in: 0...3, using: &random) == 0 ? "north" : nil,
                    location: GeoPoint(latitudeMicrodegrees: 0, longitudeMicrodegrees: Int.random(in: 0...3, using: &random) * 1_000_000)
                )
            }
        }

        var rankOrder: [RoutingTicket] { tickets.sorted { ($0.rankAt, $0.eligibleAt, $0.id) < ($1.rankAt, $1.eligibleAt, $1.id) } }
        var oracle: BruteForce { BruteForce(agents: agents, steps: RelaxationSchedule(Desk.steps).steps) }

        func run(_ mode: RoutingMode, _ tickets: [RoutingTicket]? = nil) -> RoutingResult {
            var pool = RoutingPool(agents: agents, rules: RoutingQueueRules(mode: mode, steps: Desk.steps))
            return pool.match(tickets ?? self.tickets, now: Desk.at(Int64(RoutingExchangeTests.age)))
        }
    }

    @Test("No ticket waits that moving one other would serve, whatever weights, channels, rates, ramp-ups and areas", arguments: RoutingMode.allCases)
    func oneMoveIsNeverMissed(mode: RoutingMode) {
        for seed in UInt64(1)...1_500 {
            let example = Case(seed: seed, agents: 5, tickets: 10, weights: 1...(1 + Int(seed % 4)))
            let result = example.run(mode)
            #expect(result.assignments.count + result.waiting.count == 10, "seed \(seed)")
            let fault = example.oracle.fault(of: result, example.tickets, age: Self.age)
            #expect(fault == nil, "seed \(seed): \(fault ?? "")")
        }
    }

    @Test("With equal weights the served set is the best in rank order, with rates, ramp-ups and areas, too", arguments: RoutingMode.allCases)
    func servedSetIsTheBest(mode: RoutingMode) {
        for seed in UInt64(1)...400 {
            let example = Case(seed: seed, agents: 4, tickets: 7, weights: 1...1, hasChannels: false)
            let served = example.run(mode).assignments.map(\.ticket)
            #expect(served == example.oracle.bestServedSet(example.rankOrder, age: Self.age), "seed \(seed)")
        }
    }

    @Test("With equal weights the served set is the best in rank order, with capacities of channels, too", arguments: RoutingMode.allCases)
    func servedSetIsTheBestWithChannels(mode: RoutingMode) {
        for seed in UInt64(1)...400 {
            let example = Case(seed: seed, agents: 4, tickets: 7, weights: 1...1)
            let served = example.run(mode).assignments.map(\.ticket)
            #expect(served == example.oracle.bestServedSet(example.rankOrder, age: Self.age), "seed \(seed)")
        }
    }

    @Test("A ticket that is added behind the others takes nobody's place")
    func lowerRanksTakeNothing() {
        for seed in UInt64(1)...1_000 {
            let example = Case(seed: seed, agents: 5, tickets: 9, weights: 1...3)
            let order = example.rankOrder
            let (before, after) = (example.run(.balanced, Array(order.dropLast())), example.run(.balanced, order))
            // Room that an exchange leaves behind is the first of those who wait, so more of them may be served than before; nobody less.
            #expect(Set(before.assignments.map(\.ticket)).isSubset(of: after.assignments.map(\.ticket)), "seed \(seed)")
        }
    }

    @Test("The only move goes to an agent who might have taken the waiting ticket, too, were he not too full for it")
    func theOtherAgentIsEligible() {
        let tickets = [Desk.ticket("1"), Desk.ticket("2", weight: 3)]
        #expect(Desk.match(tickets, [Desk.agent("a", capacity: 3), Desk.agent("b", capacity: 1)]) == ["1": "b", "2": "a"])
        #expect(Desk.match(tickets, [Desk.agent("a", capacity: 3), Desk.agent("b", load: 2, capacity: 3)]) == ["1": "b", "2": "a"])
    }

    @Test("A letter makes way for a call, to an agent whose calls are full", arguments: [0, 1])
    func channelsMakeWay(calls: Int) {
        let agents = [
            Desk.agent("a", capacity: 1),
            Desk.agent("b", load: calls, capacity: 1 + calls) { $0.channelLimits = [ChannelLimit(.phone, capacity: calls, load: calls)] },
        ]
        let tickets = [(Channel.email, "mail"), (.phone, "phone")].map { channel, name in
            RoutingTicket(id: Desk.ticketID(name), eligibleAt: Desk.at(0), rankAt: Desk.at(0), channel: channel)
        }
        #expect(Desk.match(tickets, agents, mode: .roundRobin) == ["mail": "b", "phone": "a"])
    }

    @Test("A way of two moves may end where it began, if what comes, goes and moves fits there together")
    func wayThatReturns() {
        // `heavy` (3) takes the place of `middle` (3) at a, that the place of `light` (1) at b; a has the one unit left that `light` needs.
        let agents = [Desk.agent("a", ["h": 1, "m": 1, "l": 1], capacity: 4), Desk.agent("b", ["m": 1, "l": 1], capacity: 3) { $0.tier = 1 }]
        let tickets = [
            Desk.ticket("light", required: ["l": 1], eligibleAt: 0, preferred: "b"),
            Desk.ticket("middle", required: ["m": 1], weight: 3, eligibleAt: 1),
            Desk.ticket("heavy", required: ["h": 1], weight: 3, eligibleAt: 2),
        ]
        let steps = [RelaxationStep(afterSeconds: 0, tier: 1)]
        #expect(Desk.match(tickets, agents, steps: steps, age: 5) == ["light": "a", "middle": "b", "heavy": "a"])
    }
}
