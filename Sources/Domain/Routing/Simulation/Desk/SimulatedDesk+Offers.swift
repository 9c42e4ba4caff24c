/// Agents who are asked before they get a ticket (routing.md G).
extension SimulatedDesk {
    struct OpenOffer {
        var ticket: SimulatedTicket
        let agent: Int
        let number: Int
        /// What the assignment counts as, once it is one.
        let assignedAt: Int64
    }

    mutating func offer(_ ticket: SimulatedTicket, to chosen: Chosen, until end: Timestamp) {
        var ticket = ticket
        let id = pool.agents[chosen.agent].id
        ticket.take(try? Self.rules.offer(ticket.ticket, to: id, until: end, step: 0, rank: "", others: nil, at: clock))
        offerCounts.made += 1
        let (answer, after) = scenario.desk.habits.answer(using: &people)
        let time = clock.adding(microseconds: after)
        let number = offerCounts.made
        let isInTime = time < end
        events.add(isInTime ? .answer(chosen.ticket, offer: number, answer) : .lapse(chosen.ticket, offer: number), at: isInTime ? time : end)
        offers[chosen.ticket] = OpenOffer(ticket: ticket, agent: chosen.agent, number: number, assignedAt: chosen.assignedAt)
    }

    /// - Parameter number: of the offer that was meant; another one of the ticket goes on.
    mutating func settle(_ ticket: TicketID, offer number: Int, _ answer: OfferHabits.Answer) {
        guard var offer = offers[ticket], offer.number == number else { return }
        let agent = offer.agent
        let id = pool.agents[agent].id
        switch answer {
        case .accepts:
            offers[ticket] = nil
            seats[agent].misses = 0
            offer.ticket.take(try? Self.rules.accept(offer.ticket.ticket, by: id, at: clock))
            hand(offer.ticket, to: agent, at: offer.assignedAt)
        case .declines:
            seats[agent].misses = 0
            offerCounts.declined += 1
            offer.ticket.take(try? Self.rules.decline(offer.ticket.ticket, by: id, reason: nil, at: clock))
            takeBack(offer)
        case .isSilent:
            guard let end = offer.ticket.ticket.offer?.expiresAt, end <= clock else {
                // He says nothing: its time goes by.
                if let end = offer.ticket.ticket.offer?.expiresAt { events.add(.lapse(ticket, offer: number), at: end) }
                return
            }
            offerCounts.timedOut += 1
            offer.ticket.take(Self.rules.expireOffer(offer.ticket.ticket, at: clock))
            takeBack(offer)
            miss(agent, on: offer.ticket.channel)
        }
    }

    mutating func rescindOffers(to agent: Int) {
        for var offer in offers.values.filter({ $0.agent == agent }).sorted(by: { $0.number < $1.number }) {
            offer.ticket.take(Self.rules.rescindOffer(offer.ticket.ticket, to: pool.agents[agent].id, at: clock))
            takeBack(offer)
        }
    }

    /// It waits again, and leaves nothing with the agent: no load, and not his turn either.
    private mutating func takeBack(_ offer: OpenOffer) {
        offers[offer.ticket.routing.id] = nil
        pool.slots[offer.agent].change(by: -offer.ticket.weight, on: offer.ticket.channel)
        let open = offers.values.filter { $0.agent == offer.agent }.map(\.assignedAt).max() ?? .min
        pool.slots[offer.agent].lastAssigned = max(seats[offer.agent].lastAssigned, open)
        wait(offer.ticket)
    }

    private mutating func miss(_ agent: Int, on channel: Channel) {
        seats[agent].misses += 1
        guard seats[agent].misses >= channel.maximumMisses, seats[agent].onBreak == nil else { return }
        let number = offerCounts.timedOut
        seats[agent].onBreak = number
        let end = clock.adding(microseconds: Int64(scenario.desk.habits.awaySeconds) * 1_000_000)
        events.add(.back(agent: agent, break: number), at: end)
        seePresence()
    }
}
