/// A desk and the work that comes to it: who there is, what is asked for, when, and how long it takes.
public struct SimulationScenario: Sendable {
    /// Most agents of a desk.
    public static let agentRange = 1...500
    /// Seconds of work on a ticket, on average.
    public static let handlingRange = 1.0...86_400.0

    enum Source: Sendable {
        /// A Poisson stream with so many tickets.
        case generated(tickets: Int)
        /// What came in, in order of time; the first at 0.
        case recorded([Recorded])
    }

    struct Recorded: Sendable {
        /// Microseconds.
        let at: Int64
        let kind: Int
        let priority: Priority
    }

    let agents: [RoutingAgent]
    /// What tickets may ask for.
    let kinds: [SkillRequirements]
    let source: Source
    public let arrivalsPerHour: Double
    public let handlingMeanSeconds: Double

    /// Offered work divided by the desk's capacity.
    public var load: Double {
        arrivalsPerHour * handlingMeanSeconds / 3_600 / Double(agents.count)
    }

    public var agentCount: Int { agents.count }

    /// Tickets of one seed.
    public var ticketCount: Int {
        switch source {
        case .generated(let tickets): tickets
        case .recorded(let recorded): recorded.count
        }
    }

    /// The tickets of a seed; the work on each is exponential, the same whoever does it.
    func arrivals(seed: UInt64) -> [SimulatedDesk.Arrival] {
        switch source {
        case .generated(let tickets): generated(tickets, seed: seed)
        case .recorded(let recorded): replayed(recorded, seed: seed)
        }
    }

    /// Optional skills are wishes from the start, so that every rule may give a ticket to the same agents.
    static func rules(for rule: RouteSimulationRule) -> RoutingQueueRules {
        RoutingQueueRules(mode: rule == .roundRobin ? .roundRobin : .balanced, steps: [RelaxationStep(afterSeconds: 0, dropFrom: 1)])
    }

    func arrival(_ number: Int, at: Timestamp, kind: Int, priority: Priority, handling: Double) -> SimulatedDesk.Arrival {
        let rankAt = RankOrder.standard.rankAt(eligibleAt: at, priority: priority)
        let ticket = RoutingTicket(id: TicketID(high: 0, low: UInt64(number)), eligibleAt: at, rankAt: rankAt, requirements: kinds[kind])
        return SimulatedDesk.Arrival(ticket: ticket, kind: kind, priority: priority, handling: max(1, Int64(handling)))
    }

    static func skill(_ number: Int) -> SkillID {
        SkillID(high: 0, low: UInt64(number))
    }
}
