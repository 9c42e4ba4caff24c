extension SimulationScenario {
    /// A recorded day: the tickets that came in, at their times and with their priorities; work on a group's tickets needs that group's skill. How long the work
    /// took is what the arrivals say, and drawn for each seed where they do not.
    ///
    /// - Parameters:
    ///   - groupsByAgent: which groups each agent works for; the desk's agents, who hold up to three tickets each.
    ///   - agents: instead of them so many, among whom the groups are dealt out, each to two.
    ///   - handlingMeanSeconds: of the work that is drawn.
    ///   - desk: its agents, where it has any, work for the groups whose names their skills have.
    /// - Returns: nil where there are no arrivals, no agents or more than the range allows, or the handling time is out of its range.
    public static func recorded(
        _ arrivals: [RecordedArrival],
        groupsByAgent: [String: Set<String>],
        agents: Int? = nil,
        handlingMeanSeconds: Double = 600,
        desk: SimulationDesk? = nil
    ) -> SimulationScenario? {
        let sorted = arrivals.sorted { $0.at < $1.at }
        guard handlingRange.contains(handlingMeanSeconds), ticketRange.contains(arrivals.count), let first = sorted.first, let last = sorted.last
        else { return nil }
        let desk = desk ?? .plain
        let teams: Teams = desk.members.isEmpty ? self.teams(of: arrivals, groupsByAgent, agents: agents) : (desk.members, desk.skills)
        guard agentRange.contains(teams.members.count) else { return nil }
        // The last kind asks for nothing.
        let groups = teams.skills.sorted { $0.key < $1.key }
        let level = desk.members.isEmpty ? 2 : 1
        let kinds = groups.map { SimulatedKind(requirements: SkillRequirements(required: [SkillLevel($0.value, level: level)])) }
        let kindOfGroup = Dictionary(uniqueKeysWithValues: groups.enumerated().map { ($1.key, $0) })
        // A desk that nobody describes knows no dates.
        let origin = desk.startsAt == nil ? first.at : 0
        let recorded = sorted.map { arrival in
            Recorded(
                at: Timestamp(microseconds: (arrival.at - origin) * 1_000_000),
                kind: arrival.group.flatMap { kindOfGroup[$0] } ?? groups.count,
                priority: arrival.priority,
                handling: arrival.handling.map { $0 * 1_000_000 }
            )
        }
        let work = arrivals.reduce(0.0) { $0 + ($1.handling.map(Double.init) ?? handlingMeanSeconds) }
        let mean = arrivals.contains { $0.handling != nil } ? work / Double(arrivals.count) : handlingMeanSeconds
        return SimulationScenario(
            members: teams.members,
            kinds: kinds + [SimulatedKind(requirements: SkillRequirements())],
            source: .recorded(recorded),
            arrivalsPerHour: Double(arrivals.count) * 3_600 / (Double(last.at - first.at) + mean),
            drawnMeanSeconds: handlingMeanSeconds,
            handlingMeanSeconds: mean,
            desk: desk
        )
    }

    func replayed(_ recorded: [Recorded], seed: UInt64) -> [SimulatedDesk.Arrival] {
        var generator = SplitMix64(seed: seed)
        return recorded.enumerated().map { number, one in
            let drawn = generator.exponential() * drawnMeanSeconds * 1_000_000
            return arrival(number, at: one.at, kind: one.kind, priority: one.priority, handling: one.handling.map(Double.init) ?? drawn)
        }
    }

    private typealias Teams = (members: [SimulationDesk.Member], skills: [String: SkillID])

    private static func teams(of arrivals: [RecordedArrival], _ groupsByAgent: [String: Set<String>], agents: Int?) -> Teams {
        let teams = agents.map { deal(Set(arrivals.compactMap(\.group)), among: $0) } ?? groupsByAgent.sorted { $0.key < $1.key }.map(\.value)
        let groups = teams.reduce(into: Set<String>()) { $0.formUnion($1) }.sorted()
        let skills = Dictionary(uniqueKeysWithValues: groups.enumerated().map { ($1, skill($0)) })
        let members = teams.enumerated().map { position, team in
            var agent = RoutingAgent(id: AgentID(high: 0, low: UInt64(position + 1)), capacity: standardCapacity)
            agent.skills = team.compactMap { skills[$0] }.sorted().map { SkillLevel($0, level: 3) }
            return SimulationDesk.Member(agent: agent)
        }
        return (members, skills)
    }

    /// Each group to two agents, or to the one there is.
    private static func deal(_ groups: Set<String>, among count: Int) -> [Set<String>] {
        guard agentRange.contains(count) else { return [] }
        var teams = Array(repeating: Set<String>(), count: count)
        var next = 0
        for group in groups.sorted() {
            for _ in 0..<2 {
                teams[next % count].insert(group)
                next += 1
            }
        }
        return teams
    }
}
