/// Makes the spans of a ticket's handling from its events, one after the other: a pure fold, so that a long history need not be in memory at once.
public struct HandlingFold: Sendable {
    private let lifecycle: Lifecycle
    private var ticket: Ticket?
    private var start: Timestamp?
    private var isFinished = false

    /// - Parameter lifecycle: gives the category and the stage of each state.
    public init(lifecycle: Lifecycle) {
        self.lifecycle = lifecycle
    }

    /// Applies the next event.
    ///
    /// - Returns: the span that it ended; nil where the ticket stays where it was, and for what happens after it was closed.
    public mutating func apply(_ event: TicketEvent) -> HandlingSpan? {
        guard let before = ticket else {
            if case .created(let created) = event.payload {
                ticket = Ticket(created: created, event: event)
                start = created.occurredAt ?? event.at
            }
            return nil
        }
        let after = before.applying(event)
        ticket = after
        let isMoved = before.state != after.state || before.content.groupID != after.content.groupID || before.assigneeID != after.assigneeID
        guard isMoved, !isFinished, let begun = start else { return nil }
        if lifecycle.category(of: after.state) == .closed { isFinished = true }
        start = max(begun, event.at)
        return span(of: before, from: begun, to: event.at)
    }

    /// The span that has not ended; nil once the ticket is closed.
    public func open(until now: Timestamp) -> HandlingSpan? {
        guard !isFinished, let ticket, let start else { return nil }
        return span(of: ticket, from: start, to: now)
    }

    private func span(of ticket: Ticket, from start: Timestamp, to end: Timestamp) -> HandlingSpan? {
        guard start < end else { return nil }
        return HandlingSpan(
            start: start,
            end: end,
            state: ticket.state,
            stage: lifecycle.stage(of: ticket.state),
            group: ticket.content.groupID,
            agent: ticket.assigneeID
        )
    }
}
