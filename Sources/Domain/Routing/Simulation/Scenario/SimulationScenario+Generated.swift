extension SimulationScenario {
    /// Offered work of a generated load, as a share of the desk's capacity: above it a queue has no steady state.
    public static let loadRange = 0.05...0.99
    public static let ticketRange = 1...1_000_000

    /// A load of tickets that arrive as they like.
    ///
    /// Where nobody describes the desk: six products, each asked for at level 2; every third ticket would also like one of two languages. Of twenty agents, who hold
    /// up to three tickets each, twelve are specialists, two for each product, four know two or three products, and four know everything; a larger or smaller desk has
    /// them in the same order, the all-rounders first. Of 20 tickets one is a P1, three are P2, ten P3, six P4.
    ///
    /// - Parameters:
    ///   - load: offered work by what the agents can do in their hours.
    ///   - agents: how many there are, where the description names none.
    /// - Returns: nil where something is out of its range, nobody works in the first four weeks, or the tickets would take more than ``longestYears``.
    public static func generated(
        load: Double,
        tickets: Int,
        agents: Int = 20,
        handlingMeanSeconds: Double = 600,
        desk: SimulationDesk? = nil
    ) -> SimulationScenario? {
        guard loadRange.contains(load), ticketRange.contains(tickets), agentRange.contains(agents), handlingRange.contains(handlingMeanSeconds)
        else { return nil }
        let desk = desk ?? .plain
        let staff = desk.staff(agents: agents)
        let arrivalsPerHour = load * staff * 3_600 / handlingMeanSeconds
        guard staff > 0, desk.calendars.isEmpty || Double(tickets) / arrivalsPerHour <= Double(longestYears * 366 * 24) else { return nil }
        let isMadeUp = desk.members.isEmpty
        return SimulationScenario(
            members: isMadeUp ? (0..<agents).map { SimulationDesk.Member(agent: generatedAgent($0)) } : desk.members,
            kinds: isMadeUp ? generatedKinds : desk.kinds.isEmpty ? [SimulatedKind(requirements: SkillRequirements())] : desk.kinds,
            source: .generated(tickets: tickets),
            arrivalsPerHour: arrivalsPerHour,
            drawnMeanSeconds: handlingMeanSeconds,
            desk: desk
        )
    }

    /// For how long tickets may come in where there are calendars, on average.
    public static let longestYears = 10

    func generated(_ tickets: Int, seed: UInt64) -> [SimulatedDesk.Arrival] {
        var generator = SplitMix64(seed: seed)
        // Not the arrivals' own numbers.
        var priorities = SplitMix64(seed: seed ^ 0x5052_494F_5249_5459)
        let meanHandling = drawnMeanSeconds * 1_000_000
        let open = desk.comesWhileOpen ? hours : nil
        let meanGap = 3_600_000_000 / arrivalsPerHour * (open?.share(from: start) ?? 1)
        var clock = 0.0
        return (0..<tickets).map { number in
            clock += generator.exponential() * meanGap
            let kind = drawnKind(using: &generator)
            let priority: Priority =
                switch Int.random(in: 0..<20, using: &priorities) {
                case 0: .p1
                case 1..<4: .p2
                case 4..<14: .p3
                default: .p4
                }
            let passed = Int64(clock)
            let at = open.map { $0.end(of: passed, from: start) ?? start } ?? start.adding(microseconds: passed)
            return arrival(number, at: at, kind: kind, priority: priority, handling: generator.exponential() * meanHandling)
        }
    }

    private func drawnKind(using generator: inout SplitMix64) -> Int {
        guard !desk.members.isEmpty else {
            let product = Int.random(in: 0..<6, using: &generator)
            let language = Int.random(in: 0..<6, using: &generator)
            return product * 3 + (language < 2 ? language + 1 : 0)
        }
        var drawn = Int.random(in: 0..<kinds.reduce(0) { $0 + $1.share }, using: &generator)
        return kinds.firstIndex { kind in
            drawn -= kind.share
            return drawn < 0
        } ?? 0
    }

    private static let generatedKinds: [SimulatedKind] = (0..<6).flatMap { product in
        [nil, 6, 7].map { language in
            let wish = language.map { [OptionalSkill(skill($0), dropRank: 5)] } ?? []
            return SimulatedKind(requirements: SkillRequirements(required: [SkillLevel(skill(product), level: 2)], optional: wish))
        }
    }

    /// The all-rounders come first in the order of ids, so that no rule is helped by ties falling to specialists.
    private static let portfolios: [[Int]] =
        Array(repeating: Array(0..<8), count: 4) + [[0, 2, 4], [4, 5, 6], [2, 3, 7], [0, 1, 7]] + (0..<6).reversed().flatMap { [[$0, 6], [$0]] }

    private static func generatedAgent(_ position: Int) -> RoutingAgent {
        var agent = RoutingAgent(id: AgentID(high: 0, low: UInt64(position + 1)), capacity: standardCapacity)
        agent.skills = portfolios[position % portfolios.count].map { SkillLevel(skill($0), level: 3) }
        return agent
    }
}
