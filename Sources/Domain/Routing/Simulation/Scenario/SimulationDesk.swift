/// A described desk, ready to be played.
public struct SimulationDesk: Sendable {
    /// An agent, and by which of the calendars he works; nil is always.
    struct Member: Sendable {
        let agent: RoutingAgent
        var shift: Int?
    }

    /// Nil where nobody says it, and no calendar needs it.
    let startsAt: Timestamp?
    let comesWhileOpen: Bool
    var calendars: [DeskHours] = []
    /// By which of the calendars the queue is open; nil is always.
    var hours: Int?
    /// Empty: the made-up ones.
    var members: [Member] = []
    var kinds: [SimulatedKind] = []
    /// By the names that the description gives them.
    var skills: [String: SkillID] = [:]
    public internal(set) var queue: SimulatedQueue?
    let habits: OfferHabits

    /// The desk that nobody describes.
    static let plain = SimulationDesk(startsAt: nil, comesWhileOpen: false, queue: nil, habits: OfferHabits())

    private init(startsAt: Timestamp?, comesWhileOpen: Bool, queue: SimulatedQueue?, habits: OfferHabits) {
        self.startsAt = startsAt
        self.comesWhileOpen = comesWhileOpen
        self.queue = queue
        self.habits = habits
    }

    /// - Parameters:
    ///   - zones: where the calendars' time zones are looked up.
    ///   - beginning: when the first ticket comes in, where that is known from elsewhere.
    /// - Throws: ``DeskRefusal`` where a calendar cannot be used or is not there.
    public init(_ description: DeskDescription, zones: any TimeZoneSource, from beginning: Timestamp? = nil) throws(DeskRefusal) {
        self.init(
            startsAt: beginning ?? description.startsAt,
            comesWhileOpen: description.comesWhileOpen,
            queue: description.queue,
            habits: description.habits
        )
        var places: [String: Int] = [:]
        for (name, definition) in description.calendars.sorted(by: { $0.key < $1.key }) {
            places[name] = calendars.count
            calendars.append(try Self.hours(definition, name, zones: zones, from: startsAt))
        }
        func place(of calendar: String?, _ owner: String) throws(DeskRefusal) -> Int? {
            guard let calendar else { return nil }
            guard let place = places[calendar] else { throw DeskRefusal(place: "\(owner).calendar", reason: "there is no calendar \(calendar)") }
            return place
        }
        hours = try place(of: description.queueCalendar, "queue")
        let names = Set(description.agents.flatMap(\.skills.keys) + description.tickets.flatMap { Array($0.required.keys) + Array($0.optional.keys) })
        for (number, name) in names.sorted().enumerated() { skills[name] = SimulationScenario.skill(number) }
        for (index, alike) in description.agents.enumerated() {
            let shift = try place(of: alike.calendar, "agents[\(index)]")
            for _ in 0..<alike.count { members.append(Member(agent: agent(alike, number: members.count), shift: shift)) }
        }
        kinds = description.tickets.map(kind)
    }

    private static func hours(
        _ definition: CalendarDefinition,
        _ name: String,
        zones: any TimeZoneSource,
        from start: Timestamp?
    ) throws(DeskRefusal) -> DeskHours {
        guard let start else { throw DeskRefusal(place: "starts_at", reason: "is needed where there are calendars") }
        do throws(CalendarDefinitionError) {
            let calendar = try BusinessCalendar(definition, zones: zones)
            try calendar.requireOpenTime(from: start)
            return DeskHours(calendar: calendar)
        } catch {
            throw DeskRefusal(place: "calendars.\(name)", reason: "\(error)")
        }
    }

    private func agent(_ alike: DescribedAgents, number: Int) -> RoutingAgent {
        var agent = RoutingAgent(id: AgentID(high: 0, low: UInt64(number + 1)), capacity: alike.capacity)
        agent.tier = alike.tier
        agent.skills = alike.skills.compactMap { name, level in skills[name].map { SkillLevel($0, level: level) } }.sorted { $0.skill < $1.skill }
        return agent
    }

    private func kind(_ described: DescribedTickets) -> SimulatedKind {
        let requirements = SkillRequirements(
            required: described.required.compactMap { name, level in skills[name].map { SkillLevel($0, level: level) } },
            optional: described.optional.compactMap { name, rank in skills[name].map { OptionalSkill($0, dropRank: rank) } }
        )
        return SimulatedKind(
            requirements: requirements,
            channel: described.channel,
            type: described.type,
            weight: described.weight,
            share: described.share
        )
    }

    /// How many agents work at a time, on average over the first four weeks.
    ///
    /// - Parameter agents: how many there are where the description names none.
    public func staff(agents: Int) -> Double {
        Self.staff(members.isEmpty ? Array(repeating: nil, count: agents) : members.map(\.shift), calendars, from: startsAt)
    }

    static func staff(_ shifts: [Int?], _ calendars: [DeskHours], from start: Timestamp?) -> Double {
        let shares = calendars.map { $0.share(from: start ?? Timestamp(microseconds: 0)) }
        return shifts.reduce(0) { $0 + ($1.map { shares[$0] } ?? 1) }
    }
}
