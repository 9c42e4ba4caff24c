/// Where messages belong that are sent to a ticket (sla.md; features.md A4.11, "reply to merged goes to target").
extension TicketRules {
    public enum MessagePlace: Hashable, Sendable {
        case here
        /// The ticket was merged: to the end of the chain of merges.
        case mergeTarget
        /// The ticket is closed, and its customer goes on: to a new one.
        case followUp
    }

    /// Notes and what the system writes stay where they are sent to, and are refused where the ticket is closed; so is an agent's reply.
    public func place(ofMessageBy author: TicketMessage.Author.Kind, _ visibility: TicketMessage.Visibility, on ticket: Ticket) -> MessagePlace {
        guard visibility == .public else { return .here }
        if ticket.links.mergedInto != nil { return .mergeTarget }
        return author == .requester && lifecycle.category(of: ticket.state) == .closed ? .followUp : .here
    }
}
