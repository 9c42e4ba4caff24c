/// A ticket's last transfer and what happened since: whether it can still be withdrawn follows from it.
public struct TransferHistory: Hashable, Sendable {
    public let transfer: TicketEvent.Transferred
    /// Who transferred it.
    public let actor: Actor
    private let later: [TicketEvent]

    /// - Parameter events: the last event of kind `ticket.transferred` and everything after it, in order.
    /// - Returns: nil where the first event is no transfer.
    public init?(_ events: [TicketEvent]) {
        guard let first = events.first, case .verb(.transferred(let transfer)) = first.payload else { return nil }
        self.transfer = transfer
        actor = first.actor
        later = events.filter { $0.version > first.version }
    }

    /// Whether whoever has the ticket now has begun with it, or somebody else has put it elsewhere: what engines and the customer did does not count, nor do
    /// urges.
    func hasActed(_ owner: AgentID?) -> Bool {
        later.contains { event in
            switch event.payload {
            case .messageAdded(let message):
                message.author != .requester && [.agent, .api].contains(event.actor.kind) && event.actor != actor
            case .stateChanged(let change):
                change.cause == .transition || (change.cause == .reply && event.actor.kind == .agent)
            case .assigned(let assigned):
                assigned.cause != .routing
            case .unassigned(let unassigned):
                [.release, .return, .withdraw].contains(unassigned.cause)
            case .updated(let updated):
                event.actor != actor
                    && (event.actor.agentID != nil && event.actor.agentID == owner || updated.before.queueID != updated.after.queueID)
            case .verb(.urged), .verb(.consultationAnswered), .verb(.consultationCancelled):
                false
            case .verb:
                event.actor != actor || event.payload.kind == "ticket.withdrawn"
            default:
                false
            }
        }
    }

    var hasCustomerWritten: Bool {
        later.contains { event in
            if case .messageAdded(let message) = event.payload {
                message.isPublic && (message.author == .requester || message.author == nil && event.actor.kind == .requester)
            } else {
                false
            }
        }
    }
}
