/// A message on a page of a ticket's messages.
public struct ListedMessage: Sendable {
    public let message: TicketMessage
    /// Whether another message follows, on this page or the next.
    public let hasNext: Bool

    public init(message: TicketMessage, hasNext: Bool) {
        self.message = message
        self.hasNext = hasNext
    }
}
