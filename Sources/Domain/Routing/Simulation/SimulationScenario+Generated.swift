extension SimulationScenario {
    /// Offered work of a generated load, as a share of the desk's capacity: above it a queue has no steady state.
    public static let loadRange = 0.05...0.99
    public static let ticketRange = 1...1_000_000

    /// A load of tickets that arrive as they like.
    ///
    /// Six products, each asked for at level 2; every third ticket would also like one of two languages. Of twenty agents, who hold up to three tickets
    /// each, twelve are specialists, two for each product, four know two or three products, and four know everything; a larger or smaller desk has them
    /// in the same order, the all-rounders first. Of 20 tickets one is a P1, three are P2, ten P3, six P4.
    ///
    /// - Returns: nil where something is out of its range.
    public static func generated(
        load: Double,
        tickets: Int,
        agents: Int = 20,
        handlingMeanSeconds: Double = 600
    ) -> SimulationScenario? {
        guard loadRange.contains(load), ticketRange.contains(tickets), agentRange.contains(agents), handlingRange.contains(handlingMeanSeconds)
        else { return nil }
        return SimulationScenario(
            agents: (0..<agents).map(generatedAgent),
            kinds: generatedKinds,
            source: .generated(tickets: tickets),
            arrivalsPerHour: load * Double(agents) * 3_600 / handlingMeanSeconds,
            handlingMeanSeconds: handlingMeanSeconds
        )
    }

    func generated(_ tickets: Int, seed: UInt64) -> [SimulatedDesk.Arrival] {
        var generator = SplitMix64(seed: seed)
        // Not the arrivals' own numbers.
        var priorities = SplitMix64(seed: seed ^ 0x5052_494F_5249_5459)
        let meanHandling = handlingMeanSeconds * 1_000_000
        let meanGap = 3_600_000_000 / arrivalsPerHour
        var clock = 0.0
        return (0..<tickets).map { number in
            clock += generator.exponential() * meanGap
            let product = Int.random(in: 0..<6, using: &generator)
            let language = Int.random(in: 0..<6, using: &generator)
            let kind = product * 3 + (language < 2 ? language + 1 : 0)
            let priority: Priority =
                switch Int.random(in: 0..<20, using: &priorities) {
                case 0: .p1
                case 1..<4: .p2
                case 4..<14: .p3
                default: .p4
                }
            let at = Timestamp(microseconds: Int64(clock))
            return arrival(number, at: at, kind: kind, priority: priority, handling: generator.exponential() * meanHandling)
        }
    }

    private static let generatedKinds: [SkillRequirements] = (0..<6).flatMap { product in
        [nil, 6, 7].map { language in
            SkillRequirements(
                required: [SkillLevel(skill(product), level: 2)],
                optional: language.map { [OptionalSkill(skill($0), dropRank: 5)] } ?? []
            )
        }
    }

    /// The all-rounders come first in the order of ids, so that no rule is helped by ties falling to specialists.
    private static let portfolios: [[Int]] =
        Array(repeating: Array(0..<8), count: 4) + [[0, 2, 4], [4, 5, 6], [2, 3, 7], [0, 1, 7]] + (0..<6).reversed().flatMap { [[$0, 6], [$0]] }

    private static func generatedAgent(_ position: Int) -> RoutingAgent {
        var agent = RoutingAgent(id: AgentID(high: 0, low: UInt64(position + 1)), capacity: 3)
        agent.skills = portfolios[position % portfolios.count].map { SkillLevel(skill($0), level: 3) }
        return agent
    }
}
