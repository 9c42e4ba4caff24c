/// What a receiver answered.
public struct WebhookResponse: Sendable, Equatable {
    /// How much of an answer's body is read before the connection is closed.
    public static let maximumBytesRead = 65_536
    /// How much of it is kept for the attempt's record.
    public static let maximumBytesKept = 4_096

    public let status: Int
    /// The header `Retry-After` as sent.
    public let retryAfter: String?
    /// The beginning of the body; bytes that are not UTF-8 are replaced.
    public let excerpt: String
    /// Whether the body was longer than ``excerpt``.
    public let isTruncated: Bool

    public init(status: Int, retryAfter: String? = nil, excerpt: String = "", isTruncated: Bool = false) {
        self.status = status
        self.retryAfter = retryAfter
        self.excerpt = excerpt
        self.isTruncated = isTruncated
    }
}
