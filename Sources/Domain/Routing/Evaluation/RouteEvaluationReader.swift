/// Checks the parts of a line and turns them into the matcher's values.
struct RouteEvaluationReader {
    let agents: TextIDs<Entity.Agent>
    let tickets: TextIDs<Entity.Ticket>
    let skills: TextIDs<Entity.Skill>
    private static let units = 0...RoutingLoad.maximumUnits

    init(_ input: RouteEvaluationInput) throws(RouteEvaluationError) {
        for (field, count) in [("agents", input.agents.count), ("tickets", input.tickets.count)] where count > RouteEvaluation.limit {
            throw .tooMany(field: field, limit: RouteEvaluation.limit)
        }
        guard input.agents.count * input.tickets.count <= RouteEvaluation.pairLimit else {
            throw .tooMany(field: "pairs of a ticket and an agent", limit: RouteEvaluation.pairLimit)
        }
        if let id = RouteEvaluationReader.firstRepeated(input.agents.map(\.id)) { throw .duplicateAgent(id) }
        if let id = RouteEvaluationReader.firstRepeated(input.tickets.map(\.id)) { throw .duplicateTicket(id) }
        agents = TextIDs(input.agents.map(\.id))
        tickets = TextIDs(input.tickets.map(\.id))
        var names: Set<String> = []
        for agent in input.agents { names.formUnion((agent.skills ?? [:]).keys) }
        for ticket in input.tickets {
            names.formUnion((ticket.required ?? [:]).keys)
            names.formUnion((ticket.optional ?? [:]).keys)
        }
        let texts = [("id", "an agent", input.agents.map(\.id)), ("id", "a ticket", input.tickets.map(\.id)), ("name", "a skill", Array(names))]
        for (field, owner, texts) in texts where texts.contains("") { throw .empty(field: field, of: owner) }
        skills = TextIDs(names)
    }

    func agent(_ input: RouteEvaluationInput.Agent) throws(RouteEvaluationError) -> RoutingAgent {
        let name = "agent \"\(input.id)\""
        guard let id = agents.id(of: input.id) else { throw .duplicateAgent(input.id) }
        let capacity = try units(input.capacity ?? 5, "capacity", of: name)
        let load = try units(input.load ?? 0, "load", of: name)
        var agent = RoutingAgent(id: id, capacity: capacity)
        agent.load = load
        let universalLoad = try units(input.universalLoad ?? 0, "universal_load", of: name)
        if let universal = input.universalCapacity {
            // The line's capacity is that of the one channel that all its tickets come by.
            agent.capacity = try units(universal, "universal_capacity", of: name)
            agent.load = universalLoad
            agent.channelLimits = [ChannelLimit(.api, capacity: capacity, load: load)]
        }
        agent.tier = try check(input.tier ?? 0, "tier", of: name, in: QueueContent.tierRange)
        agent.presence = input.online ?? true ? .online : .offline
        agent.isOnShift = input.onShift ?? true
        agent.isMember = input.member ?? true
        agent.channelsOff = input.channelOn ?? true ? [] : [.api]
        agent.isWrappingUp = input.cooldown ?? false
        agent.rampUpCapacity = try input.rampUpCapacity.map { units throws(RouteEvaluationError) in
            try self.units(units, "ramp_up_capacity", of: name)
        }
        agent.assignmentsLeft = try input.assignmentsLeft.map { count throws(RouteEvaluationError) in
            try self.units(count, "assignments_left", of: name)
        }
        // As the API: who names no area serves them all.
        if let areas = input.serviceAreas, !areas.isEmpty {
            agent.serviceAreas = try areas.map { area throws(RouteEvaluationError) in try self.name(area, "service_areas", of: name) }
        }
        agent.location = try place(input.latitude, input.longitude, of: name)
        agent.lastAssignedAt = try input.lastAssignedAt.map { seconds throws(RouteEvaluationError) in
            try timestamp(seconds, "last_assigned_at", of: name)
        }
        agent.skills = try (input.skills ?? [:]).map { skill, level throws(RouteEvaluationError) in
            try self.level(level, of: skill, owner: name)
        }
        return agent
    }

    func ticket(_ input: RouteEvaluationInput.Ticket, order: RankOrder, now: Timestamp) throws(RouteEvaluationError) -> RoutingTicket {
        let name = "ticket \"\(input.id)\""
        guard let id = tickets.id(of: input.id) else { throw .duplicateTicket(input.id) }
        let number = input.priority ?? Priority.p3.rawValue
        guard let priority = Priority(rawValue: number) else { throw .outOfRange(field: "priority", of: name, allowed: 1...4) }
        var eligibleAt = now
        if let seconds = input.eligibleAt { eligibleAt = try timestamp(seconds, "eligible_at", of: name) }
        let dueAt = try input.dueAt.map { seconds throws(RouteEvaluationError) in try timestamp(seconds, "due_at", of: name) }
        let required = try (input.required ?? [:]).map { skill, level throws(RouteEvaluationError) in
            try self.level(level, of: skill, owner: name)
        }
        let optional = try (input.optional ?? [:]).map { skill, rank throws(RouteEvaluationError) in
            OptionalSkill(try skillID(skill), dropRank: try check(rank, "drop rank of \"\(skill)\"", of: name, in: 1...9))
        }
        return RoutingTicket(
            id: id,
            eligibleAt: eligibleAt,
            rankAt: order.rankAt(eligibleAt: eligibleAt, priority: priority, isVIP: input.vip ?? false, dueAt: dueAt),
            requirements: SkillRequirements(required: required, optional: optional),
            weight: try check(input.weight ?? 1, "weight", of: name, in: 1...RoutingLoad.maximumUnits),
            // A name that is no agent of the line cannot be chosen, so it changes nothing.
            preferredAgent: input.preferred.flatMap(agents.id),
            excludedAgents: (input.excluded ?? []).compactMap(agents.id),
            serviceArea: try input.serviceArea.map { area throws(RouteEvaluationError) in try self.name(area, "service_area", of: name) },
            location: try place(input.latitude, input.longitude, of: name)
        )
    }

    /// Seconds since 1970, with fractions, as a timestamp.
    func timestamp(_ seconds: Double, _ field: String, of owner: String) throws(RouteEvaluationError) -> Timestamp {
        let limit = 253_402_300_799  // the end of the year 9999
        guard abs(seconds) <= Double(limit) else { throw .outOfRange(field: field, of: owner, allowed: -limit...limit) }
        return Timestamp(microseconds: Int64(nearestTo: seconds * 1_000_000))
    }

    private func level(_ level: Int, of skill: String, owner: String) throws(RouteEvaluationError) -> SkillLevel {
        SkillLevel(try skillID(skill), level: try check(level, "level of \"\(skill)\"", of: owner, in: 1...5))
    }

    private func skillID(_ skill: String) throws(RouteEvaluationError) -> SkillID {
        guard let id = skills.id(of: skill) else { throw .tooMany(field: "skills", limit: RouteEvaluation.limit) }
        return id
    }

    private func units(_ value: Int, _ field: String, of owner: String) throws(RouteEvaluationError) -> Int {
        try check(value, field, of: owner, in: RouteEvaluationReader.units)
    }

    private func name(_ text: String, _ field: String, of owner: String) throws(RouteEvaluationError) -> String {
        guard !text.isEmpty else { throw .empty(field: field, of: owner) }
        return text
    }

    func check(_ value: Int, _ field: String, of owner: String, in allowed: ClosedRange<Int>) throws(RouteEvaluationError) -> Int {
        guard allowed.contains(value) else { throw .outOfRange(field: field, of: owner, allowed: allowed) }
        return value
    }

    private static func firstRepeated(_ texts: [String]) -> String? {
        var seen: Set<String> = []
        return texts.first { !seen.insert($0).inserted }
    }
}
