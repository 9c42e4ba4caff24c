/// Where tickets move on to that have waited too long.
public struct QueueOverflow: Hashable, Sendable {
    public let queueID: QueueID
    /// Counted from when the ticket came into the queue, unlike relaxation steps: one that comes back has its time there again. 1 to ``maximumSeconds``.
    public let afterSeconds: Int

    /// A year.
    public static let maximumSeconds = 366 * 86_400

    public init(queueID: QueueID, afterSeconds: Int) {
        self.queueID = queueID
        self.afterSeconds = afterSeconds
    }

    /// When a ticket is to move on that came into the queue at a time.
    public func time(since time: Timestamp) -> Timestamp {
        time.adding(microseconds: Int64(afterSeconds) * 1_000_000)
    }

    /// Whether tickets that move on from one queue would come back to it.
    ///
    /// - Parameter links: where each queue's tickets move on to.
    public static func isCircle(from queue: QueueID, to target: QueueID, links: [QueueID: QueueID]) -> Bool {
        var next: QueueID? = target
        // A circle that the queue is no part of ends the walk too.
        for _ in 0...links.count {
            guard let current = next else { return false }
            if current == queue { return true }
            next = links[current]
        }
        return false
    }
}
