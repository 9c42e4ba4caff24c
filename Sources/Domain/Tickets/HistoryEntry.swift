/// An event in a page of its ticket's history.
public struct HistoryEntry: Sendable {
    public let event: TicketEvent
    /// Whether there is a later one within the page that was asked for, be it that it was cut off for its size.
    public let hasNext: Bool

    public init(event: TicketEvent, hasNext: Bool) {
        self.event = event
        self.hasNext = hasNext
    }
}
