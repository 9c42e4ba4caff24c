extension SimulatedDesk {
    /// Six products, each asked for at level 2; every third ticket would also like one of two languages.
    static let kinds: [SkillRequirements] = (0..<6).flatMap { product in
        [nil, 6, 7].map { language in
            SkillRequirements(
                required: [SkillLevel(skill(product), level: 2)],
                optional: language.map { [OptionalSkill(skill($0), dropRank: 5)] } ?? []
            )
        }
    }

    /// Twenty agents who hold up to three tickets: two specialists for each product, a few who know two or three products, four who know everything.
    static let agents: [RoutingAgent] = {
        let portfolios: [[Int]] =
            (0..<6).flatMap { [[$0], [$0, 6]] } + [[0, 1, 7], [2, 3, 7], [4, 5, 6], [0, 2, 4]] + Array(repeating: Array(0..<8), count: 4)
        return portfolios.enumerated().map { position, portfolio in
            // The all-rounders come first in the order of ids, so that no rule is helped by ties falling to specialists.
            var agent = RoutingAgent(id: AgentID(high: 0, low: UInt64(portfolios.count - position)), capacity: 3)
            agent.skills = portfolio.map { SkillLevel(skill($0), level: 3) }
            return agent
        }
    }()

    /// Optional skills are wishes from the start, so that every rule may give a ticket to the same agents.
    static func rules(for rule: RouteSimulationRule) -> RoutingQueueRules {
        RoutingQueueRules(mode: rule == .roundRobin ? .roundRobin : .balanced, steps: [RelaxationStep(afterSeconds: 0, dropFrom: 1)])
    }

    /// A Poisson stream of tickets, the products equally often, with exponential work of ten minutes on average.
    static func arrivals(count: Int, load: Double, seed: UInt64) -> [Arrival] {
        var generator = SplitMix64(seed: seed)
        let meanHandling = 600_000_000.0
        let meanGap = meanHandling / (load * Double(agents.count))
        var clock = 0.0
        return (0..<count).map { number in
            clock += generator.exponential() * meanGap
            let product = Int.random(in: 0..<6, using: &generator)
            let language = Int.random(in: 0..<6, using: &generator)
            let kind = product * 3 + (language < 2 ? language + 1 : 0)
            let at = Timestamp(microseconds: Int64(clock))
            let ticket = RoutingTicket(id: TicketID(high: 0, low: UInt64(number)), eligibleAt: at, rankAt: at, requirements: kinds[kind])
            return Arrival(ticket: ticket, kind: kind, handling: max(1, Int64(generator.exponential() * meanHandling)))
        }
    }

    private static func skill(_ number: Int) -> SkillID {
        SkillID(high: 0, low: UInt64(number))
    }
}
