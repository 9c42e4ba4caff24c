public import Domain

/// In which order a list shows tickets; ties are decided by the id.
public struct TicketOrder: Hashable, Sendable {
    /// Not by the last update: an index on what every update changes would make each of them write all indexes of the ticket. The change feed serves it.
    public enum Key: String, CaseIterable, Hashable, Sendable {
        case createdAt = "created_at"
        /// P1 first.
        case priority
        case number
        /// The first deadline of a promise that is not kept yet; tickets without one come last, in both directions.
        case dueAt = "due_at"
    }

    public let key: Key
    public let isDescending: Bool

    public init(_ key: Key, isDescending: Bool = false) {
        self.key = key
        self.isDescending = isDescending
    }
}

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

/// A ticket of a list, and its place there.
public struct ListedTicket: Sendable {
    public let ticket: Ticket
    /// What the list's order compares, see ``TicketPosition/key``.
    public let key: Int64?

    public var position: TicketPosition { TicketPosition(key: key, id: ticket.id) }
}
