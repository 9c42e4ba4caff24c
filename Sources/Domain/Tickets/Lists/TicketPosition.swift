/// Where a page of tickets begins: after this ticket, in the list's order.
public struct TicketPosition: Hashable, Sendable {
    /// What the order compares: microseconds, a priority or a number; nil behind the tickets that have a deadline.
    public let key: Int64?
    public let id: TicketID

    public init(key: Int64?, id: TicketID) {
        self.key = key
        self.id = id
    }
}
