/// A ticket on a simulated desk: the domain's own, changed by the domain's own rules, with the work that it takes.
struct SimulatedTicket {
    /// Those that can only be next one after the other: as a real pass reads it, the tickets of one class, so that its first is its oldest and the furthest relaxed.
    struct Class: Hashable {
        let kind: Int
        let priority: Priority
        let declined: [AgentID]
        let round: Int
    }

    let kind: Int
    /// Microseconds of work.
    let handling: Int64
    private(set) var ticket: Ticket
    /// As matching sees it.
    private(set) var routing: RoutingTicket
    /// Since when everybody has declined who could take it.
    private(set) var exhaustedSince: Timestamp?

    init(_ arrival: SimulatedDesk.Arrival, order: RankOrder) {
        kind = arrival.kind
        handling = arrival.handling
        ticket = arrival.ticket
        let eligibleAt = arrival.at
        let rankAt = order.rankAt(eligibleAt: eligibleAt, priority: arrival.priority)
        routing = RoutingTicket(arrival.ticket, eligibleAt: eligibleAt, rankAt: rankAt)
    }

    var priority: Priority { ticket.content.priority }
    var weight: Int32 { RoutingLoad.bounded(ticket.content.weight) }
    var channel: Channel { ticket.content.channel }
    var `class`: Class { Class(kind: kind, priority: priority, declined: ticket.declinedBy, round: ticket.offerRound) }

    /// - Parameter change: nil where the rules refuse it.
    mutating func take(_ change: TicketChange?) {
        guard let after = change?.after else { return }
        ticket = after
        routing = RoutingTicket(after, eligibleAt: routing.eligibleAt, rankAt: routing.rankAt)
        exhaustedSince = nil
    }

    mutating func note(exhaustedSince time: Timestamp?) {
        exhaustedSince = time
        routing.isRoundEnding = time != nil
    }

    func isBefore(_ other: SimulatedTicket) -> Bool {
        (routing.rankAt, routing.id) < (other.routing.rankAt, other.routing.id)
    }
}
