import Domain

/// Short names for the tests' agents and tickets: one letter or word is one id, and ids order as the words do.
enum Desk {
    static func agentID(_ name: String) -> AgentID { AgentID(high: 1, low: number(name)) }
    static func ticketID(_ name: String) -> TicketID { TicketID(high: 2, low: number(name)) }
    static func skillID(_ name: String) -> SkillID { SkillID(high: 3, low: number(name)) }

    /// An agent with capacity 5 and load 0 unless said, as in the examples of routing.md.
    static func agent(
        _ name: String,
        _ skills: [String: Int] = [:],
        load: Int = 0,
        capacity: Int = 5,
        change: (inout RoutingAgent) -> Void = { _ in }
    ) -> RoutingAgent {
        var agent = RoutingAgent(id: agentID(name), capacity: capacity)
        agent.load = load
        agent.skills = skills.map { SkillLevel(skillID($0.key), level: $0.value) }
        change(&agent)
        return agent
    }

    /// A ticket of priority P3 that became eligible at second 0 unless said.
    static func ticket(
        _ name: String = "t",
        required: [String: Int] = [:],
        optional: [String: Int] = [:],
        weight: Int = 1,
        eligibleAt seconds: Int64 = 0,
        priority: Priority = .p3,
        preferred: String? = nil,
        excluded: [String] = []
    ) -> RoutingTicket {
        let eligibleAt = Timestamp(microseconds: seconds * 1_000_000)
        return RoutingTicket(
            id: ticketID(name),
            eligibleAt: eligibleAt,
            rankAt: RankOrder.standard.rankAt(eligibleAt: eligibleAt, priority: priority),
            requirements: SkillRequirements(
                required: required.map { SkillLevel(skillID($0.key), level: $0.value) },
                optional: optional.map { OptionalSkill(skillID($0.key), dropRank: $0.value) }
            ),
            weight: weight,
            preferredAgent: preferred.map(agentID),
            excludedAgents: excluded.map(agentID)
        )
    }

    static func at(_ seconds: Int64) -> Timestamp { Timestamp(microseconds: seconds * 1_000_000) }

    /// Ticket name to agent name.
    static func match(
        _ tickets: [RoutingTicket],
        _ agents: [RoutingAgent],
        mode: RoutingMode = .balanced,
        steps: [RelaxationStep] = [],
        age: Int64 = 0
    ) -> [String: String] {
        var pool = RoutingPool(agents: agents, rules: RoutingQueueRules(mode: mode, steps: steps))
        let result = pool.match(tickets, now: at(age))
        return Dictionary(uniqueKeysWithValues: result.assignments.map { (name($0.ticket.low), name($0.agent.low)) })
    }

    /// The steps of the examples R17 to R23.
    static let steps = [
        RelaxationStep(afterSeconds: 300, dropFrom: 3),
        RelaxationStep(afterSeconds: 600, dropFrom: 2),
        RelaxationStep(afterSeconds: 900, dropFrom: 1, tier: 1),
        RelaxationStep(afterSeconds: 1_800, tier: 2, levelsDown: 2),
    ]

    /// Up to eight ASCII letters as a number that orders as they do.
    private static func number(_ name: String) -> UInt64 {
        let bytes = Array(name.utf8.prefix(8))
        return (0..<8).reduce(0) { $0 << 8 | ($1 < bytes.count ? UInt64(bytes[$1]) : 0) }
    }

    static func name(_ number: UInt64) -> String {
        let bytes = (0..<8).map { UInt8(truncatingIfNeeded: number >> UInt64(56 - 8 * $0)) }.filter { $0 != 0 }
        return String(decoding: bytes, as: UTF8.self)
    }
}
