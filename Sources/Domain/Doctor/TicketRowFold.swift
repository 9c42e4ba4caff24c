/// The row that a ticket's events give, made some events at a time: whoever makes it holds few, however long the history is.
public struct TicketRowFold: Sendable {
    /// How many events there are.
    public private(set) var count = 0
    /// nil where they do not begin with the ticket's creation.
    public private(set) var row: Ticket?
    /// Whether they are numbered 1, 2, 3 …
    public private(set) var isGapless = true

    /// - Parameter events: the first of them, or all, in the order of their numbers.
    public init(_ events: [TicketEvent] = []) {
        follow(events)
    }

    /// Goes on with the events that follow, in the order of their numbers.
    public mutating func follow(_ events: [TicketEvent]) {
        for event in events {
            count += 1
            if event.sequence != count { isGapless = false }
            if count > 1 {
                row = row?.applying(event)
            } else if event.sequence == 1 {
                row = Ticket.replay([event])
            }
        }
    }
}
