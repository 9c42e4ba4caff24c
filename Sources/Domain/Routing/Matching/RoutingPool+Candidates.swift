extension RoutingPool {
    /// The class of a ticket; the first ticket of a class makes it.
    mutating func classIndex(of ticket: RoutingTicket) -> Int {
        let key = RequirementClass.Key(ticket, leastCapacity: leastCapacity, goesByPlace: rules.mode == .nearest)
        if let index = classOfKey[key] { return index }
        let made = RequirementClass(
            key: key,
            requiredRows: key.requirements.required.map { skills.row(of: $0.skill) },
            optionalRows: key.requirements.optional.map { skills.row(of: $0.skill) },
            candidates: Array(repeating: nil, count: rules.schedule.steps.count)
        )
        classOfKey[key] = classes.count
        classes.append(made)
        return classes.count - 1
    }

    /// Who could take a ticket of the class at the step, whatever their load and whoever is excluded; not who is too small for it.
    mutating func candidates(class index: Int, step: Int) -> [RoutingCandidate] {
        if let known = classes[index].candidates[step] { return known }
        let asked = classes[index]
        let (weight, channel) = (asked.key.weight, asked.key.channel)
        let found = present.compactMap { agent -> RoutingCandidate? in
            guard weight == 0 || slots[agent].couldTake(weight, on: channel) else { return nil }
            return requirementRefusal(agent: agent, class: asked, step: step, isExcluded: false) == nil ? candidate(agent: agent, class: asked) : nil
        }
        classes[index].candidates[step] = found
        return found
    }

    /// Routing.md C, `channel_off` and from `tier` to `out_of_area`: the filters that depend on the ticket but on no load.
    func requirementRefusal(agent: Int, class asked: RequirementClass, step: Int, isExcluded: Bool) -> RoutingRefusal? {
        let relaxation = rules.schedule.steps[step]
        guard !agents[agent].channelsOff.contains(asked.key.channel) else { return .channelOff }
        guard agents[agent].tier <= relaxation.tier else { return .tier }
        guard !isExcluded else { return .excluded }
        let requirements = asked.key.requirements
        for (position, row) in asked.requiredRows.enumerated() {
            let need = requirements.required[position]
            guard skills.level(row: row, agent: agent) >= relaxation.requiredLevel(from: need.level) else { return .skill(need.skill) }
        }
        for (position, row) in asked.optionalRows.enumerated() {
            let wish = requirements.optional[position]
            guard relaxation.drops(rank: wish.dropRank) || skills.level(row: row, agent: agent) > 0 else { return .skill(wish.skill) }
        }
        if let area = asked.key.serviceArea, let served = agents[agent].serviceAreas, !served.contains(area) { return .outOfArea }
        return nil
    }

    /// Routing.md C from `capacity` on: the filters that depend on the load.
    func loadRefusal(agent index: Int, weight: Int32, on channel: Channel) -> RoutingRefusal? {
        let slot = slots[index]
        guard !slot.fits(weight, on: channel) else { return nil }
        if let limit = slot.limit(of: channel) {
            guard limit.room >= weight else { return .capacity }
            guard slot.load + weight <= slot.capacity else { return .universalCapacity }
        }
        return slot.load + weight <= slot.capacity ? .cooldown : .capacity
    }

    /// The rank of a candidate with the ticket's weight on top of the present load.
    func rank(_ candidate: RoutingCandidate, weight: Int32, on channel: Channel) -> RoutingRank {
        let slot = slots[Int(candidate.agent)]
        var rank = RoutingRank(lastAssigned: slot.lastAssigned, agent: candidate.agent)
        guard rules.mode != .roundRobin else { return rank }
        let (load, capacity) = slot.share(of: channel)
        rank.load = load + weight
        rank.capacity = capacity
        guard rules.mode != .leastLoaded else {
            rank.lateSurplus = candidate.surplus
            return rank
        }
        rank.tier = candidate.tier
        rank.optionalMissing = candidate.optionalMissing
        if rules.mode == .bestSkill { rank.negatedLevels = candidate.negatedLevels }
        if rules.mode == .nearest { rank.distance = candidate.distance }
        rank.loadBand = RoutingRank.band(load: rank.load, capacity: rank.capacity)
        rank.surplus = candidate.surplus
        return rank
    }

    func candidate(agent: Int, class asked: RequirementClass) -> RoutingCandidate {
        var held = 0
        var levels = 0
        for row in asked.requiredRows {
            let level = skills.level(row: row, agent: agent)
            held += level > 0 ? 1 : 0
            levels += level
        }
        var optionalHeld = 0
        for row in asked.optionalRows {
            let level = skills.level(row: row, agent: agent)
            optionalHeld += level > 0 ? 1 : 0
            levels += level
        }
        var distance = Int64.max
        if let place = asked.key.location, let base = agents[agent].location { distance = Int64(place.meters(to: base)) }
        return RoutingCandidate(
            agent: Int32(agent),
            tier: Int32(clamping: agents[agent].tier),
            optionalMissing: Int32(asked.optionalRows.count - optionalHeld),
            negatedLevels: Int32(-levels),
            surplus: Int32(agents[agent].skills.count - held - optionalHeld),
            distance: distance
        )
    }
}
