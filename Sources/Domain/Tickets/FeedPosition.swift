/// A place in the change feed: the events at or before it have been read.
public struct FeedPosition: Hashable, Sendable {
    /// The transaction's id, which grows in an order that agrees with commits once all older transactions have ended.
    public let transaction: Int64
    public let ticketID: TicketID
    public let sequence: Int

    public init(transaction: Int64, ticketID: TicketID, sequence: Int) {
        self.transaction = transaction
        self.ticketID = ticketID
        self.sequence = sequence
    }

    /// Before the first event.
    public static let start = FeedPosition(transaction: 0, ticketID: .lowest, sequence: 0)
}
