public import Domain

/// How a ticket would be decided at this moment, and in which queue.
public struct CurrentRouting: Hashable, Sendable {
    public let explanation: RoutingExplanation
    public let queue: QueueID
}

/// Why a ticket has its agent, or waits (routing.md D: every decision is explainable).
public enum TicketRoutingExplanation: Sendable {
    /// It waits: how it would be decided now, and in which queue.
    case waiting(RoutingExplanation, queue: QueueID)
    /// It was assigned: the recorded event, with the step and the rank where routing decided; where asked for and the ticket still needs its agent, how it
    /// would be decided now if it were waiting.
    case assigned(TicketEvent.Assigned, at: Timestamp, now: CurrentRouting?)
    /// It neither waits nor was it ever assigned.
    case notRouted(TicketState)
}
