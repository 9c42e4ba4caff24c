/// A stretch of the change feed, and where it goes on.
public struct FeedPage: Sendable {
    public let events: [TicketEvent]
    /// Behind the last event that was looked at, be it that the reader sees it or not.
    public let end: FeedPosition
    /// Whether there is more to look at already. A stretch without an event may have more: it held nothing that the reader sees.
    public let hasMore: Bool

    /// - Parameters:
    ///   - entries: what was found after `start`, of `limit` and one.
    ///   - start: where it was looked from.
    ///   - scanned: how far it was looked, and whether there may be more behind that, where that is not told by the entries alone.
    public init(_ entries: [FeedEntry], limit: Int, from start: FeedPosition, scanned: (end: FeedPosition, hasMore: Bool)? = nil) {
        let shown = entries.prefix(limit)
        let isCut = entries.count > limit || entries.last?.hasNext == true
        events = shown.map(\.event)
        hasMore = isCut || scanned?.hasMore == true
        end = (isCut ? nil : scanned?.end) ?? shown.last?.position ?? start
    }
}
