extension RoutingPool {
    /// The step a ticket is matched at, and whether anybody could take it there.
    struct EffectiveStep: Hashable {
        let index: Int
        /// Nil where a present agent could take the ticket; otherwise why it cannot go anywhere.
        let deadEnd: RoutingWait.Reason?
    }

    /// Routing.md B: the step in force by age or, where no present agent could take the ticket at it whatever their load, the first later
    /// one where one could. Without any such step the ticket stays at the step in force.
    ///
    /// Who is too small for the ticket with nothing else to do could not. Who must not get it in this round could: one answer of one agent opens no further step.
    mutating func effectiveStep(class index: Int, ticket: RoutingTicket, excluded: [Int32], now: Timestamp) -> EffectiveStep {
        let inForce = rules.schedule.stepInForce(eligibleAt: ticket.eligibleAt, now: now)
        for step in inForce..<rules.schedule.steps.count {
            let candidates = candidates(class: index, step: step)
            guard !candidates.isEmpty else { continue }
            let isAnyoneLeft = excluded.isEmpty || candidates.contains { !excluded.contains($0.agent) }
            return EffectiveStep(index: step, deadEnd: isAnyoneLeft ? nil : .everyoneExcluded)
        }
        return EffectiveStep(index: inForce, deadEnd: .unroutable)
    }

    /// The positions of the agents that a ticket must not go to.
    func excludedIndices(of ticket: RoutingTicket) -> [Int32] {
        ticket.excludedAgents.isEmpty ? [] : ticket.excludedAgents.compactMap { index(of: $0).map(Int32.init) }
    }

    /// Whether, of those who could take a ticket for which nobody else has room, somebody has room who must not get it: then every otherwise eligible agent is
    /// excluded, and the round of offers ends as if the others, who are merely full, could not take it at all (routing.md G). Once that was so the round goes on
    /// ending, whatever work those who declined get meanwhile: else newer tickets, which go to them, would keep this one from ever being offered again. Where nobody is
    /// asked, whoever gave a ticket back does not get it again for the others being full.
    func isRoundOver(of ticket: RoutingTicket, excluded: [Int32], class index: Int, step: Int, weight: Int32) -> Bool {
        let channel = classes[index].key.channel
        guard rules.asks.contains(channel), !ticket.excludedAgents.isEmpty else { return false }
        if ticket.isRoundEnding { return true }
        guard !excluded.isEmpty, let candidates = classes[index].candidates[step] else { return false }
        return candidates.contains { excluded.contains($0.agent) && slots[Int($0.agent)].fits(weight, on: channel) }
    }

    /// Whether a ticket waits for its preferred agent: there, suitable at the step, but full, cooling down or on a break, and the wait of the
    /// queue is not over (routing.md D).
    func isHeld(for agent: Int, class index: Int, step: Int, ticket: RoutingTicket, now: Timestamp) -> Bool {
        guard now < stickyUntil(ticket) else { return false }
        var preferred = agents[agent]
        guard preferred.presence != .offline else { return false }
        preferred.presence = .online
        guard preferred.isMember, preferred.isOnShift, !preferred.isAbsent else { return false }
        guard slots[agent].couldTake(RoutingLoad.bounded(ticket.weight), on: ticket.channel) else { return false }
        let isExcluded = ticket.excludedAgents.contains(preferred.id)
        return requirementRefusal(agent: agent, class: classes[index], step: step, isExcluded: isExcluded) == nil
    }

    func stickyUntil(_ ticket: RoutingTicket) -> Timestamp {
        ticket.eligibleAt.adding(microseconds: RoutingTime.microseconds(max(0, rules.stickyWaitSeconds)))
    }
}
