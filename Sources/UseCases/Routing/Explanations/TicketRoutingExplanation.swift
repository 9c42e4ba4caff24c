public import Domain

/// How a ticket would be decided at this moment, and in which queue.
public struct CurrentRouting: Hashable, Sendable {
    public let explanation: RoutingExplanation
    public let queue: QueueID

    public init(explanation: RoutingExplanation, queue: QueueID) {
        self.explanation = explanation
        self.queue = queue
    }
}

/// What routing recorded when it chose an agent, to give him a ticket or to offer it to him; nothing where no routing chose.
public struct RecordedDecision: Hashable, Sendable {
    /// The relaxation step.
    public let step: Int?
    /// The winner's rank.
    public let rank: String?
    /// What it saw of the others; nil for decisions from before it was recorded, and where a batch was of too many kinds.
    public let others: RoutingOthers?
}

/// A ticket that an agent is asked to take, and has not answered yet.
public struct OfferedRouting: Hashable, Sendable {
    public let offer: TicketOffer
    public let decision: RecordedDecision
    /// How it would be decided now if it were not offered, its own work taken off whom it is offered to.
    public let now: CurrentRouting?
}

/// One assignment of a ticket: the recorded event and the decision.
public struct AssignedRouting: Hashable, Sendable {
    /// The number of the event in the ticket's history.
    public let sequence: Int
    public let at: Timestamp
    public let assigned: TicketEvent.Assigned
    /// Where an offer was accepted, that of the offer.
    public let decision: RecordedDecision
    /// Where asked for and the ticket still needs its agent, how it would be decided now if it were waiting.
    public let now: CurrentRouting?
}

/// Why a ticket has its agent, or waits (routing.md D: every decision is explainable).
public enum TicketRoutingExplanation: Sendable {
    /// It waits: how it would be decided now, and in which queue.
    case waiting(RoutingExplanation, queue: QueueID)
    /// Somebody is asked to take it.
    case offered(OfferedRouting)
    case assigned(AssignedRouting)
    /// It neither waits in a queue nor has anybody it.
    case notRouted(TicketState)
}
