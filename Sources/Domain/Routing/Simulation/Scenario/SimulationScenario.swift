/// A desk and the work that comes to it: who there is, what is asked for, when, and how long it takes.
public struct SimulationScenario: Sendable {
    /// Most agents of a desk.
    public static let agentRange = 1...500
    /// Seconds of work on a ticket, on average.
    public static let handlingRange = 1.0...86_400.0
    /// What agents hold whose capacity nobody tells.
    static let standardCapacity = 3

    enum Source: Sendable {
        /// A Poisson stream with so many tickets.
        case generated(tickets: Int)
        /// What came in, in order of time.
        case recorded([Recorded])
    }

    struct Recorded: Sendable {
        let at: Timestamp
        let kind: Int
        let priority: Priority
        /// Microseconds of work; nil where the log does not tell: then it is drawn.
        let handling: Int64?
    }

    let desk: SimulationDesk
    let members: [SimulationDesk.Member]
    /// What tickets may ask for.
    let kinds: [SimulatedKind]
    let source: Source
    /// Over all hours, those in which nothing comes in, too.
    public let arrivalsPerHour: Double
    /// Around which the work is drawn.
    let drawnMeanSeconds: Double
    public let handlingMeanSeconds: Double
    private let intake: Intake?

    init(
        members: [SimulationDesk.Member],
        kinds: [SimulatedKind],
        source: Source,
        arrivalsPerHour: Double,
        drawnMeanSeconds: Double,
        handlingMeanSeconds: Double? = nil,
        desk: SimulationDesk = .plain
    ) {
        self.desk = desk
        self.members = members
        self.kinds = kinds
        self.source = source
        self.arrivalsPerHour = arrivalsPerHour
        self.drawnMeanSeconds = drawnMeanSeconds
        self.handlingMeanSeconds = handlingMeanSeconds ?? drawnMeanSeconds
        intake = desk.queue.flatMap { $0.weights.isEmpty ? nil : $0.intake }
    }

    /// The same desk with another queue.
    func with(_ queue: SimulatedQueue) -> SimulationScenario {
        var desk = desk
        desk.queue = queue
        return SimulationScenario(
            members: members,
            kinds: kinds,
            source: source,
            arrivalsPerHour: arrivalsPerHour,
            drawnMeanSeconds: drawnMeanSeconds,
            handlingMeanSeconds: handlingMeanSeconds,
            desk: desk
        )
    }

    /// Offered work divided by what the agents can do in their hours.
    public var load: Double {
        arrivalsPerHour * handlingMeanSeconds / 3_600 / SimulationDesk.staff(members.map(\.shift), desk.calendars, from: desk.startsAt)
    }

    public var agentCount: Int { members.count }

    /// Tickets of one seed.
    public var ticketCount: Int {
        switch source {
        case .generated(let tickets): tickets
        case .recorded(let recorded): recorded.count
        }
    }

    var start: Timestamp { desk.startsAt ?? Timestamp(microseconds: 0) }

    /// By which calendar the queue is open; nil is always.
    var hours: DeskHours? { desk.hours.map { desk.calendars[$0] } }

    /// The tickets of a seed; the work on each is exponential unless a log tells it, and the same whoever does it.
    func arrivals(seed: UInt64) -> [SimulatedDesk.Arrival] {
        switch source {
        case .generated(let tickets): generated(tickets, seed: seed)
        case .recorded(let recorded): replayed(recorded, seed: seed)
        }
    }

    /// Optional skills are wishes from the start, and nobody is of a further tier, so that every rule may give a ticket to the same agents.
    static func rules(for rule: RouteSimulationRule) -> RoutingQueueRules {
        let step = RelaxationStep(afterSeconds: 0, dropFrom: 1, tier: QueueContent.tierRange.upperBound)
        return RoutingQueueRules(mode: rule == .roundRobin ? .roundRobin : .balanced, steps: [step])
    }

    func arrival(_ number: Int, at: Timestamp, kind: Int, priority: Priority, handling: Double) -> SimulatedDesk.Arrival {
        let asked = kinds[kind]
        var content = TicketContent(subject: "", type: asked.type, channel: asked.channel, priority: priority, queueID: SimulatedQueue.id)
        content.skills = asked.requirements
        content.weight = asked.weight ?? intake?.weight(of: content, tier: nil) ?? 1
        let id = TicketID(high: 0, low: UInt64(number))
        let created = SimulatedDesk.rules.create(id: id, number: Int64(number), content: content, by: .system, at: at)
        return SimulatedDesk.Arrival(ticket: created.after, kind: kind, handling: max(1, Int64(handling)))
    }

    static func skill(_ number: Int) -> SkillID {
        SkillID(high: 0, low: UInt64(number))
    }
}
