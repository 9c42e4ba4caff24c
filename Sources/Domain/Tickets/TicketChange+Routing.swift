extension TicketChange {
    /// The assignment that a pass of routing has just written (routing.md E), told from the row that it left: as much of it as clocks and policies ask for.
    ///
    /// - Returns: nil for a ticket that nobody was just given.
    public init?(routing after: Ticket) {
        guard after.state == .assigned, let agent = after.assigneeID else { return nil }
        let payloads: [TicketEvent.Payload] = [
            .assigned(
                TicketEvent.Assigned(agentID: agent, previousAgentID: nil, cause: .routing, isOverCapacity: false, step: nil, rank: nil)
            ),
            .stateChanged(TicketEvent.StateChanged(from: .waitingAssignment, to: .assigned, cause: .assignment)),
        ]
        var before = after
        before.version -= 1
        before.lastSequence -= payloads.count
        before.state = .waitingAssignment
        before.assigneeID = nil
        let first = before.lastSequence + 1
        let events = payloads.enumerated().map { offset, payload in
            TicketEvent(
                ticketID: after.id,
                sequence: first + offset,
                version: after.version,
                at: after.updatedAt,
                actor: .dispatcher,
                payload: payload
            )
        }
        self.init(before: before, after: after, events: events)
    }
}
