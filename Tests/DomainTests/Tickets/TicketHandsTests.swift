import Testing

@testable import Domain

/// What the index of tickets in hand rests on (docs/decisions/0031).
@Suite struct TicketHandsTests {
    @Test("A ticket that is not solved was neither resolved nor closed, whatever way it went; one that is, was")
    func unsolvedTicketsHaveNoEnd() throws {
        let rules = TicketRules(lifecycle: .standard)
        let start = Timestamp(microseconds: 1_800_000_000_000_000)
        let created = rules.create(
            id: TicketID(high: 3, low: 1),
            number: 1,
            content: TicketContent(subject: "x", queueID: QueueID(high: 1, low: 1)),
            by: .system,
            at: start
        ).after
        var paths = [created]
        var seen: Set<TicketState> = []
        for step in 1...5 {
            paths = paths.flatMap { ticket in
                // Some moves are verbs of their own, and refused here.
                rules.lifecycle.successors(of: ticket.state).compactMap { target in
                    let time = start.adding(microseconds: Int64(step))
                    return try? rules.transition(ticket, to: target, isWithoutAgent: true, by: .system, at: time).after
                }
            }
            for ticket in paths {
                let isUnsolved = try #require(rules.lifecycle.category(of: ticket.state)).isUnsolved
                #expect(isUnsolved == (ticket.resolvedAt == nil && ticket.closedAt == nil), "\(ticket.state)")
                seen.insert(ticket.state)
            }
        }
        #expect(seen.isSuperset(of: [.inProgress, .waitingCustomer, .onHold, .resolved, .closed, .archived]))
    }
}
