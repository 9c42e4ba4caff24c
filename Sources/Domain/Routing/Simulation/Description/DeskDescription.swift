/// A desk as `docket route simulate --desk` reads it: who works when, what comes in, and how the queue works. What is left out is as without a description.
public struct DeskDescription: Sendable {
    /// When the first ticket may come in; only matters to calendars.
    let startsAt: Timestamp?
    /// Whether tickets come in only while the queue is open.
    let comesWhileOpen: Bool
    let calendars: [String: CalendarDefinition]
    /// Empty: the made-up ones, who are always there.
    let agents: [DescribedAgents]
    /// Empty: those that go with the made-up agents; where the agents are described they ask for nothing.
    let tickets: [DescribedTickets]
    public let queue: SimulatedQueue?
    /// By which calendar the queue is open; nil is always.
    let queueCalendar: String?
    let habits: OfferHabits

    public var namesAgents: Bool { !agents.isEmpty }

    /// Why a recorded day cannot be played on it, which has tickets and times of its own; nil where it can.
    public var faultBesideDay: String? {
        if !tickets.isEmpty { return "tickets: a recorded day has its own" }
        if startsAt != nil { return "starts_at: a recorded day has its own times" }
        return comesWhileOpen ? "arrivals: a recorded day has its own" : nil
    }

    static let maximumCalendars = 100
    static let maximumKinds = 100
}

extension DeskDescription: Decodable {
    private enum CodingKeys: String, CodingKey, CaseIterable {
        case startsAt = "starts_at"
        case arrivals, calendars, agents, tickets, queue
        case habits = "people"
    }

    private enum QueueKeys: String, CodingKey {
        case calendar
    }

    private enum Arrivals: String, Decodable {
        case always
        case whileOpen = "while_open"
    }

    private static let shape = MemberShape.object([
        "starts_at": .anything, "arrivals": .anything,
        "calendars": .named(.object(Dictionary(uniqueKeysWithValues: CalendarDefinition.memberNames.map { ($0, .anything) }))),
        "agents": .list(.object(names(of: DescribedAgents.CodingKeys.self))), "tickets": .list(.object(names(of: DescribedTickets.CodingKeys.self))),
        "queue": SimulatedQueue.shape, "people": .object(names(of: OfferHabits.CodingKeys.self)),
    ])

    private static func names(of keys: (some CodingKey & CaseIterable).Type) -> [String: MemberShape] {
        Dictionary(uniqueKeysWithValues: keys.allCases.map { ($0.stringValue, .anything) })
    }

    /// - Throws: `DecodingError` at the place of what is refused: a member that there is not, a value of another kind or out of its range.
    public init(from decoder: any Decoder) throws {
        try Self.shape.check(decoder)
        let fields = try decoder.container(keyedBy: CodingKeys.self)
        startsAt = try fields.decodeIfPresent(Timestamp.self, forKey: .startsAt)
        comesWhileOpen = try fields.decodeIfPresent(Arrivals.self, forKey: .arrivals) == .whileOpen
        calendars = try fields.decodeIfPresent([String: CalendarDefinition].self, forKey: .calendars) ?? [:]
        guard calendars.count <= Self.maximumCalendars else {
            throw fields.refusal(of: .calendars, "must have at most \(Self.maximumCalendars) members")
        }
        agents = try fields.list(.agents, of: DescribedAgents.self, most: SimulationScenario.agentRange.upperBound)
        guard agents.reduce(0, { $0 + $1.count }) <= SimulationScenario.agentRange.upperBound else {
            throw fields.refusal(of: .agents, "must be \(SimulationScenario.agentRange.upperBound) at most together")
        }
        tickets = try fields.list(.tickets, of: DescribedTickets.self, most: Self.maximumKinds)
        guard tickets.isEmpty || !agents.isEmpty else { throw fields.refusal(of: .tickets, "must come with agents who can do them") }
        queue = try fields.decodeIfPresent(SimulatedQueue.self, forKey: .queue)
        habits = try fields.decodeIfPresent(OfferHabits.self, forKey: .habits) ?? OfferHabits()
        queueCalendar =
            queue == nil ? nil : try fields.nestedContainer(keyedBy: QueueKeys.self, forKey: .queue).decodeIfPresent(String.self, forKey: .calendar)
        guard !comesWhileOpen || queueCalendar != nil else {
            throw fields.refusal(of: .arrivals, "must be \"always\" where the queue has no calendar")
        }
    }
}
