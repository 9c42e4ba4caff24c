/// How a new ticket found its queue: kept in `ticket.created`, shown by the explanation of its routing.
public struct IntakeRecord: Hashable, Sendable, Codable {
    /// Why a ticket came into a queue.
    public enum Cause: String, CaseIterable, Hashable, Sendable, Codable {
        /// Whoever created it named the queue.
        case named
        /// The queue's conditions held, and those of no queue before it.
        case match
        /// No queue's conditions held.
        case standard = "default"
        /// A rule of the queue before sent it on.
        case rule
        /// The queue before was closed.
        case closed
    }

    public struct Stop: Hashable, Sendable, Codable {
        public var queueID: QueueID
        public var cause: Cause

        public init(queueID: QueueID, cause: Cause) {
            self.queueID = queueID
            self.cause = cause
        }

        private enum CodingKeys: String, CodingKey {
            case queueID = "queue_id"
            case cause
        }
    }

    /// A rule that won: the first of its queue that the ticket met.
    public struct Winner: Hashable, Sendable, Codable {
        public var queueID: QueueID
        /// From 0, as the rules were then.
        public var position: Int
        public var name: String

        public init(queueID: QueueID, position: Int, name: String) {
            self.queueID = queueID
            self.position = position
            self.name = name
        }

        private enum CodingKeys: String, CodingKey {
            case queueID = "queue_id"
            case position
            case name
        }
    }

    /// The queues it came through; it waits in the last.
    public var path: [Stop]
    /// In the order in which they were applied.
    public var rules: [Winner]

    public init(path: [Stop], rules: [Winner] = []) {
        self.path = path
        self.rules = rules
    }
}
