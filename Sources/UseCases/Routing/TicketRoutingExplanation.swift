public import Domain

/// Why a ticket has its agent, or waits (routing.md D: every decision is explainable).
public enum TicketRoutingExplanation: Sendable {
    /// It waits: how it would be decided now, and in which queue.
    case waiting(RoutingExplanation, queue: QueueID)
    /// It has an agent: the recorded event, with the step and the rank where routing decided.
    case assigned(TicketEvent.Assigned, at: Timestamp)
    /// It neither waits nor was it ever assigned.
    case notRouted(TicketState)
}
