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

    /// Whether the new owner (where it went to a queue, whoever took it) has begun with it, or somebody has put it elsewhere since. What third people, engines and
    /// the customer wrote does not count, nor do followers, urges, consultations and edits by others (features.md A3.7).
    func hasActed() -> Bool {
        var owner = transfer.to.agentID
        for event in later {
            let isOwners = event.actor != actor && event.actor.agentID != nil && event.actor.agentID == owner
            switch event.payload {
            case .messageAdded(let message):
                if isOwners || event.actor != actor && isByAnyAgent(message, event.actor) { return true }
            case .stateChanged(let change):
                if change.cause == .transition { return true }
            case .assigned(let assigned):
                guard assigned.cause == .routing else { return true }
                owner = assigned.agentID
            case .unassigned(let unassigned):
                if [.release, .return, .withdraw].contains(unassigned.cause) { return true }
                owner = nil
            case .updated(let updated):
                if isOwners || event.actor != actor && updated.before.queueID != updated.after.queueID { return true }
            case .verb(let verb):
                if isOwners && !TransferHistory.isAside(verb) { return true }
                if case .withdrawn = verb { return true }
                if case .returned = verb { return true }
            default: continue
            }
        }
        return false
    }

    /// Whether a key that acts for no agent wrote in an agent's name. The event does not say whose, and what may be the owner's answer counts as his.
    private func isByAnyAgent(_ message: TicketEvent.MessageAdded, _ actor: Actor) -> Bool {
        actor.kind == .api && (message.author == .agent || message.author == nil)
    }

    /// Verbs by which nobody begins the work on a ticket.
    private static func isAside(_ verb: TicketEvent.Verb) -> Bool {
        switch verb {
        case .urged, .consulted, .consultationAnswered, .consultationCancelled, .followerAdded, .followerRemoved: true
        default: false
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
