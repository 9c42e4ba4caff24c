/// An event in its place in the tenant's change feed.
public struct FeedEntry: Sendable {
    public let position: FeedPosition
    public let event: TicketEvent
    /// Whether there is a later one within the page that was asked for, be it that it was cut off for its size.
    public let hasNext: Bool

    public init(position: FeedPosition, event: TicketEvent, hasNext: Bool) {
        self.position = position
        self.event = event
        self.hasNext = hasNext
    }
}
