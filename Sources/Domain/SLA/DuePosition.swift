/// A place among what is due of one tenant, in the order of time.
public struct DuePosition: Hashable, Sendable {
    public let dueAt: Timestamp
    public let ticket: TicketID

    /// Before everything that can be due.
    public static let start = DuePosition(dueAt: SLAEngine.earliestTime, ticket: TicketID(high: 0, low: 0))

    public init(dueAt: Timestamp, ticket: TicketID) {
        self.dueAt = dueAt
        self.ticket = ticket
    }
}
