/// Agents who come and go (routing.md C and F).
extension SimulatedDesk {
    /// A calendar opens or closes, and all others that do so at the same time: who comes then is there for the same pass.
    mutating func follow(_ calendar: Int) {
        change(calendar)
        while events.isOfHours(at: clock), case .hours(let other) = events.removeNext()?.kind { change(other) }
        for agent in seats.indices {
            guard let shift = seats[agent].shift, seats[agent].isOnShift != isOpen[shift] else { continue }
            seats[agent].isOnShift = isOpen[shift]
            if !isOpen[shift] { leave(agent) }
        }
        seePresence()
    }

    private mutating func change(_ calendar: Int) {
        let hours = scenario.desk.calendars[calendar]
        isOpen[calendar] = hours.isOpen(clock)
        if let next = hours.nextChange(after: clock) { events.add(.hours(calendar), at: next) }
    }

    /// What is offered to him, and what he has not begun, goes to others, with its place kept; that is no miss.
    private mutating func leave(_ agent: Int) {
        (seats[agent].misses, seats[agent].onBreak) = (0, nil)
        rescindOffers(to: agent)
        let id = pool.agents[agent].id
        for var ticket in seats[agent].hand.dropFirst() {
            ticket.take(Self.rules.requeue(ticket.ticket, from: id, isAnswered: false, by: .dispatcher, at: clock))
            pool.slots[agent].change(by: -ticket.weight, on: ticket.channel)
            wait(ticket)
        }
        seats[agent].hand.removeLast(max(0, seats[agent].hand.count - 1))
    }

    /// Makes the pool anew after somebody's presence has changed; loads and turns stay.
    mutating func seePresence() {
        let agents = pool.agents.indices.map { index in
            var agent = pool.agents[index]
            agent.isOnShift = seats[index].isOnShift
            agent.presence = seats[index].onBreak == nil ? .online : .away
            agent.load = Int(pool.slots[index].load)
            let last = pool.slots[index].lastAssigned
            agent.lastAssignedAt = last == .min ? nil : Timestamp(microseconds: last)
            return agent
        }
        pool = RoutingPool(agents: agents, rules: pool.rules)
    }
}
