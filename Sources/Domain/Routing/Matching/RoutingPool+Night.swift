extension RoutingPool {
    /// Whether a ticket that nobody can take merely waits for people to come, as at night: nobody who serves the queue is there, and somebody who does could take it in
    /// time (decision 52).
    ///
    /// Steps only ever give up more, so the last one tells. Who has declined it is asked again in a later round.
    public mutating func waitsForPeople(_ ticket: RoutingTicket) -> Bool {
        guard present.isEmpty else { return false }
        let (index, last) = (classIndex(of: ticket), rules.schedule.steps.count - 1)
        let asked = classes[index]
        return agents.indices.contains { agents[$0].isMember && requirementRefusal(agent: $0, class: asked, step: last, isExcluded: false) == nil }
    }
}
