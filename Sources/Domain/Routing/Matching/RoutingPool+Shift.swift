extension RoutingPool {
    /// Whether a ticket that nobody can take merely waits for a shift to begin, as at night: nobody who serves the queue is there, and somebody whose shift is over
    /// could take it in time (decision 52).
    ///
    /// Steps only ever give up more, so the last one tells. Who has declined it is asked again in a later round.
    public mutating func waitsForShift(_ ticket: RoutingTicket) -> Bool {
        guard present.isEmpty else { return false }
        let (index, last) = (classIndex(of: ticket), rules.schedule.steps.count - 1)
        let asked = classes[index]
        return agents.indices.contains { index in
            let agent = agents[index]
            return agent.isMember && !agent.isOnShift && requirementRefusal(agent: index, class: asked, step: last, isExcluded: false) == nil
        }
    }
}
