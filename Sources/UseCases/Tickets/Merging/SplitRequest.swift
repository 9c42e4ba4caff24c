public import Domain

/// What becomes a ticket of its own.
public struct SplitRequest: Hashable, Sendable {
    /// 1 to ``TicketOrigin/maximumMessages``, each once.
    public var messages: [MessageID]
    public var subject: String
    public var description: String
    /// Another queue, or another group's matter; nil: as the original.
    public var queueID: QueueID?
    public var groupID: GroupID?

    public init(messages: [MessageID], subject: String, description: String = "", queueID: QueueID? = nil, groupID: GroupID? = nil) {
        self.messages = messages
        self.subject = subject
        self.description = description
        self.queueID = queueID
        self.groupID = groupID
    }
}
