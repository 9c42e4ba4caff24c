/// A customer who waits for a ticket's answers beside its own (features.md A4.11).
public struct RequesterFollower: Hashable, Sendable {
    public let requester: RequesterID
    public let addedAt: Timestamp

    public init(requester: RequesterID, addedAt: Timestamp) {
        self.requester = requester
        self.addedAt = addedAt
    }
}
