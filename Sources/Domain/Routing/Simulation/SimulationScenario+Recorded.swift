extension SimulationScenario {
    /// A recorded day: the tickets that came in, at their times and with their priorities; work on a group's tickets needs that group's skill. How long
    /// the work took is in no log (only when a ticket was solved, nights and waiting for the customer included), so it is drawn for each seed.
    ///
    /// - Parameters:
    ///   - groupsByAgent: which groups each agent works for; the desk's agents, who hold up to three tickets each.
    ///   - agents: instead of them so many, among whom the groups are dealt out, each to two.
    /// - Returns: nil where there are no arrivals, no agents or more than the range allows, or the handling time is out of its range.
    public static func recorded(
        _ arrivals: [RecordedArrival],
        groupsByAgent: [String: Set<String>],
        agents: Int? = nil,
        handlingMeanSeconds: Double = 600
    ) -> SimulationScenario? {
        let teams = agents.map { deal(Set(arrivals.compactMap(\.group)), among: $0) } ?? groupsByAgent.sorted { $0.key < $1.key }.map(\.value)
        guard agentRange.contains(teams.count), ticketRange.contains(arrivals.count), handlingRange.contains(handlingMeanSeconds) else { return nil }
        let groups = teams.reduce(into: Set<String>()) { $0.formUnion($1) }.sorted()
        let skillOfGroup = Dictionary(uniqueKeysWithValues: groups.enumerated().map { ($1, $0) })
        let desk = teams.enumerated().map { position, team in
            var agent = RoutingAgent(id: AgentID(high: 0, low: UInt64(position + 1)), capacity: 3)
            agent.skills = team.compactMap { skillOfGroup[$0] }.sorted().map { SkillLevel(skill($0), level: 3) }
            return agent
        }
        let sorted = arrivals.sorted { $0.at < $1.at }
        guard let first = sorted.first, let last = sorted.last else { return nil }
        let seconds = Double(last.at - first.at) + handlingMeanSeconds
        let recorded = sorted.map { arrival in
            // The last kind asks for nothing.
            let kind = arrival.group.flatMap { skillOfGroup[$0] } ?? groups.count
            return Recorded(at: (arrival.at - first.at) * 1_000_000, kind: kind, priority: arrival.priority)
        }
        return SimulationScenario(
            agents: desk,
            kinds: groups.indices.map { SkillRequirements(required: [SkillLevel(skill($0), level: 2)]) } + [SkillRequirements()],
            source: .recorded(recorded),
            arrivalsPerHour: Double(arrivals.count) * 3_600 / seconds,
            handlingMeanSeconds: handlingMeanSeconds
        )
    }

    func replayed(_ recorded: [Recorded], seed: UInt64) -> [SimulatedDesk.Arrival] {
        var generator = SplitMix64(seed: seed)
        return recorded.enumerated().map { number, one in
            arrival(
                number,
                at: Timestamp(microseconds: one.at),
                kind: one.kind,
                priority: one.priority,
                handling: generator.exponential() * handlingMeanSeconds * 1_000_000
            )
        }
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
