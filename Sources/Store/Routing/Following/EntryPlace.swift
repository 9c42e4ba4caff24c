public import Domain

/// A place in the order of a queue (routing.md A).
public struct EntryPlace: Hashable, Sendable {
    public let rankAt: Timestamp
    public let eligibleAt: Timestamp
    public let ticket: TicketID

    public init(rankAt: Timestamp, eligibleAt: Timestamp, ticket: TicketID) {
        self.rankAt = rankAt
        self.eligibleAt = eligibleAt
        self.ticket = ticket
    }
}
