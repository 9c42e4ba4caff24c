public import Domain

/// Where a ticket is handed on to, as the caller says it.
public struct TransferTo: Hashable, Sendable {
    public enum Target: Hashable, Sendable {
        case agent(AgentID)
        case queue(QueueID)
    }

    public let target: Target
    /// Whose matter it becomes; nil leaves that as it is.
    public let group: GroupID?

    public init(_ target: Target, group: GroupID? = nil) {
        self.target = target
        self.group = group
    }
}
