extension RoutingPool {
    /// The first failing filter of every agent that may not take the ticket with the pool's present loads, in the order of agent ids.
    ///
    /// After ``match(_:now:)`` these are the recorded reasons of a ticket that stayed in the queue.
    public mutating func refusals(of ticket: RoutingTicket, now: Timestamp) -> [(agent: AgentID, refusal: RoutingRefusal)] {
        let classIndex = classIndex(of: ticket)
        let excluded = excludedIndices(of: ticket)
        let step = effectiveStep(class: classIndex, ticket: ticket, excluded: excluded, now: now)
        return agents.indices.compactMap { agent in
            refusal(agent: agent, class: classIndex, step: step.index, ticket: ticket, excluded: excluded).map { (agents[agent].id, $0) }
        }
    }

    /// How one ticket would be decided with the pool's present loads. Changes no load.
    ///
    /// - Parameter skillName: gives the name of a skill for the recorded reasons.
    public mutating func explain(_ ticket: RoutingTicket, now: Timestamp, skillName: (SkillID) -> String) -> RoutingExplanation {
        let classIndex = classIndex(of: ticket)
        let excluded = excludedIndices(of: ticket)
        let step = effectiveStep(class: classIndex, ticket: ticket, excluded: excluded, now: now)
        let weight = RoutingLoad.bounded(ticket.weight)
        let preferred = ticket.preferredAgent.flatMap(index)
        var eligible: [(candidate: RoutingCandidate, rank: RoutingRank)] = []
        var refused: [RoutingExplanation.Verdict] = []
        let candidates = candidates(class: classIndex, step: step.index)
        for agent in agents.indices {
            if let refusal = refusal(agent: agent, class: classIndex, step: step.index, ticket: ticket, excluded: excluded) {
                refused.append(.init(agent: agents[agent].id, refusal: refusal.text(skillName: skillName), rank: nil))
            } else if let candidate = candidates.first(where: { $0.agent == Int32(agent) }) {
                eligible.append((candidate, rank(candidate, weight: weight, on: ticket.channel)))
            }
        }
        eligible.sort { left, right in
            let (leftPreferred, rightPreferred) = (Int(left.candidate.agent) == preferred, Int(right.candidate.agent) == preferred)
            return leftPreferred != rightPreferred ? leftPreferred : left.rank < right.rank
        }
        var waitsForPreferred = false
        if let preferred, !eligible.contains(where: { Int($0.candidate.agent) == preferred }) {
            waitsForPreferred = isHeld(for: preferred, class: classIndex, step: step.index, ticket: ticket, now: now)
        }
        let waitsForClaim = waitsForClaim(ticket)
        let winner = waitsForPreferred || waitsForClaim ? nil : eligible.first
        let isAsked = isRoundOver(of: ticket, excluded: excluded, class: classIndex, step: step.index, weight: weight)
        let reason = step.deadEnd ?? (isAsked ? .everyoneExcluded : .noCapacity)
        return RoutingExplanation(
            ticket: ticket.id,
            mode: rules.mode,
            ageSeconds: Int(now.microseconds(since: ticket.eligibleAt) / 1_000_000),
            stepInForce: rules.schedule.stepInForce(eligibleAt: ticket.eligibleAt, now: now),
            stepUsed: step.index,
            stepUsedAfterSeconds: rules.schedule.steps[step.index].afterSeconds,
            agents: eligible.map { verdict($0.candidate, of: ticket, preferred: preferred) } + refused,
            winner: winner.map { agents[Int($0.candidate.agent)].id },
            decidedBy: winner.map { winner -> RoutingCriterion in
                guard eligible.count > 1 else { return .onlyCandidate }
                return Int(winner.candidate.agent) == preferred ? .preferred : winner.rank.decidingCriterion(against: eligible[1].rank)
            },
            waitsBecause: winner == nil ? (waitsForClaim ? .noTaker : waitsForPreferred ? .heldForPreferred : reason) : nil,
            opensAt: nil
        )
    }

    /// Routing.md C, all filters in their order.
    private func refusal(agent: Int, class index: Int, step: Int, ticket: RoutingTicket, excluded: [Int32]) -> RoutingRefusal? {
        fixedRefusal(agent: agent, class: index, step: step, isExcluded: excluded.contains(Int32(agent)))
            ?? loadRefusal(agent: agent, weight: RoutingLoad.bounded(ticket.weight), on: ticket.channel)
    }

    /// Routing.md C, the filters that depend on no load.
    func fixedRefusal(agent: Int, class index: Int, step: Int, isExcluded: Bool) -> RoutingRefusal? {
        // `channel_off` comes before `off_shift` and `absent`, though only these are known before the ticket is.
        let isChannelOff = agents[agent].channelsOff.contains(classes[index].key.channel)
        if barriers[agent] == .offShift || barriers[agent] == .absent, isChannelOff { return .channelOff }
        return barriers[agent] ?? requirementRefusal(agent: agent, class: classes[index], step: step, isExcluded: isExcluded)
    }

    /// Told in every queue; only one that asks who is nearest goes by it.
    private func meters(to ticket: RoutingTicket, agent: Int) -> Int? {
        guard let place = ticket.location, let base = agents[agent].location else { return nil }
        return place.meters(to: base)
    }

    private func verdict(_ candidate: RoutingCandidate, of ticket: RoutingTicket, preferred: Int?) -> RoutingExplanation.Verdict {
        let slot = slots[Int(candidate.agent)]
        let share = slot.share(of: ticket.channel)
        let load = share.load + RoutingLoad.bounded(ticket.weight)
        let band = RoutingRank.band(load: load, capacity: share.capacity)
        let rank = RoutingExplanation.Rank(
            preferred: Int(candidate.agent) == preferred,
            tier: Int(candidate.tier),
            optionalSkillsHeld: ticket.requirements.optional.count - Int(candidate.optionalMissing),
            sumOfLevels: -Int(candidate.negatedLevels),
            loadBand: band == 0 ? 50 : band == 1 ? 80 : 100,
            surplusSkills: Int(candidate.surplus),
            load: Int(load),
            capacity: Int(share.capacity),
            lastAssignedAt: slot.lastAssigned == .min ? nil : Timestamp(microseconds: slot.lastAssigned),
            distanceMeters: meters(to: ticket, agent: Int(candidate.agent))
        )
        return RoutingExplanation.Verdict(agent: agents[Int(candidate.agent)].id, refusal: nil, rank: rank)
    }
}
