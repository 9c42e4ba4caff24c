import Domain

/// A message as the caller gives it.
struct NewMessage: Hashable, Sendable {
    let visibility: TicketMessage.Visibility
    let author: TicketMessage.Author
    /// Whether a requester without a name is nobody known, rather than the ticket's own.
    var isAuthorSettled = false
    let body: String

    /// The author with the ticket's own requester in the place of a requester without a name.
    func author(on ticket: Ticket) -> TicketMessage.Author {
        guard case .requester(nil) = author, !isAuthorSettled else { return author }
        return .requester(ticket.content.requesterID)
    }
}

/// Why a message is not added to the ticket that was named.
enum ReplyDetour: Error {
    /// It was merged: the message belongs to where it went.
    case merged(author: TicketMessage.Author)
    /// It is closed, and a customer wrote: a new ticket takes the message.
    case closed
}
