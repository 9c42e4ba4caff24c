/// Why a command cannot be done to a ticket in its present state. Each is a clear answer to the caller and changes nothing.
public enum TicketRefusal: Error, Hashable, Sendable {
    /// The life cycle does not lead there; `allowed` are the states that may follow (409).
    case transitionNotAllowed(from: TicketState, to: TicketState, allowed: [TicketState])
    /// The life cycle leads there, but for a ticket with an agent only; `allowed` are the states that may follow without one (409).
    case transitionNeedsAssignee(from: TicketState, to: TicketState, allowed: [TicketState])
    /// The state does not exist (422).
    case unknownState(TicketState)
    /// Closed and archived tickets do not change; a later message makes a follow-up ticket (409).
    case closed(TicketState)
    /// Another agent has it (409).
    case alreadyAssigned(AgentID)
    /// There is no such offer any more: it was answered, taken back, or its time is over; `owner` has the ticket now (409).
    case offerOver(owner: AgentID?)
    /// It is offered to another agent (409).
    case offered(AgentID)
    /// It has no agent to take it from (409).
    case notAssigned
    /// It is not waiting for an agent (409).
    case notWaiting(TicketState)
    /// A verb that needs an agent, on a ticket without one (409).
    case needsAssignee
    /// The priority was set by hand without a reason (422; features.md A2.7).
    case reasonRequired
    /// What one of the desk's verbs asks for beyond that.
    case verb(VerbRefusal)
    /// Why tickets cannot be merged or split.
    case merge(MergeRefusal)
}
