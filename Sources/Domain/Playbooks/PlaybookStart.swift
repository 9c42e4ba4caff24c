/// The plans that one broken promise starts on a ticket (features.md A3.16).
public struct PlaybookStart: Hashable, Sendable {
    /// The target that was missed.
    public let breach: SLAFiring
    /// In the order in which they are started; one at least.
    public let playbooks: [Playbook]

    /// The history's one entry of it.
    public var payload: TicketEvent.Payload {
        .verb(.changeReported(TicketEvent.ChangeReported(breach, starting: playbooks)))
    }
}

extension [PlaybookStart] {
    /// The tasks that the ticket gets by all of them, in their order.
    ///
    /// - Parameter id: gives a new id.
    public func tasks(for ticket: TicketID, at time: Timestamp, id: () -> TicketTaskID) -> [TicketTask] {
        TicketTask.tasks(of: flatMap(\.playbooks), for: ticket, at: time, id: id)
    }
}

extension PlaybookContent {
    /// Whether a passed threshold is a reason to start it: a missed target of its metrics of which somebody is told.
    public func isStarted(by firing: SLAFiring) -> Bool {
        trigger == .breached && firing.threshold == .breach && !firing.isSuppressed && (metrics.isEmpty || metrics.contains(firing.metric))
    }

    /// Whether it is for tickets of a type.
    public func isFor(ticketType: String) -> Bool { ticketTypes.isEmpty || ticketTypes.contains(ticketType) }
}
