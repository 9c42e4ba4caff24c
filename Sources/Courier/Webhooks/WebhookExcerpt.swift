import AsyncHTTPClient
import NIOCore

/// What was read of an answer's body: for the attempt's record, and for nothing else.
struct WebhookExcerpt: Sendable {
    private(set) var kept: [UInt8] = []
    private var read = 0
    private var isWhole = false

    /// Whether there is more of the body, or may be, than what is kept.
    var isTruncated: Bool { !isWhole || read > kept.count }

    /// Reads until the body ends, breaks, is long enough, or the task is cancelled: what the receiver said was said by the status.
    static func read(_ body: HTTPClientResponse.Body) async -> WebhookExcerpt {
        var excerpt = WebhookExcerpt()
        do {
            // Leaving the loop early closes the connection, so that an endless body costs no more than the limit.
            for try await chunk in body {
                excerpt.kept += chunk.readableBytesView.prefix(WebhookResponse.maximumBytesKept - excerpt.kept.count)
                excerpt.read += chunk.readableBytes
                if excerpt.read >= WebhookResponse.maximumBytesRead { return excerpt }
            }
            excerpt.isWhole = !Task.isCancelled
        } catch {
            // The rest is lost, the answer is not.
        }
        return excerpt
    }
}
