/// A ticket of a list, and its place there.
public struct ListedTicket: Sendable {
    public let ticket: Ticket
    /// What the list's order compares, see ``TicketPosition/key``.
    public let key: Int64?

    public init(ticket: Ticket, key: Int64?) {
        self.ticket = ticket
        self.key = key
    }

    public var position: TicketPosition { TicketPosition(key: key, id: ticket.id) }
}
