/// A ticket of a list, and its place there.
public struct ListedTicket: Sendable {
    public let ticket: Ticket
    /// What the list's order compares, see ``TicketPosition/key``.
    public let key: Int64?
    /// Whether another ticket follows in the list, on this page or the next.
    public let hasNext: Bool

    public init(ticket: Ticket, key: Int64?, hasNext: Bool) {
        self.ticket = ticket
        self.key = key
        self.hasNext = hasNext
    }

    public var position: TicketPosition { TicketPosition(key: key, id: ticket.id) }
}
