/// The right to finish one row of the outbox: worth nothing once the row's token is another (reliability.md 1).
public struct DeliveryLease: Hashable, Sendable {
    public let id: OutboxMessageID
    /// The fencing token.
    public let token: Int64

    /// How long a claim or an extension holds, in seconds.
    public static let seconds = 30

    public init(id: OutboxMessageID, token: Int64) {
        self.id = id
        self.token = token
    }
}
