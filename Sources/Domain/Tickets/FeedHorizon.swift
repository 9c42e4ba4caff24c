/// How far the change feed can be read at a moment (api.md 5): up to the oldest transaction that is open anywhere on the server.
public struct FeedHorizon: Hashable, Sendable {
    /// The number of the oldest open transaction, or the next one to be given out where none is open.
    public let oldest: Int64
    /// The next number to be given out.
    public let next: Int64

    public init(oldest: Int64, next: Int64) {
        self.oldest = oldest
        self.next = next
    }
}
