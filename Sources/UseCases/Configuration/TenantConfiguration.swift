public import Domain
public import Store

/// What commands know of a tenant beside the ticket: read together, at one version.
public struct TenantConfiguration: Sendable {
    public let tenant: TenantID
    /// Named by every command that decided on it; another version in the database aborts the command.
    public let version: Int64
    public let queues: [QueueID: QueueConfiguration]
    public let groups: Set<GroupID>
    public let skills: Set<SkillID>
    /// Whether any webhook endpoint is active.
    public let hasWebhooks: Bool
    public let promises: PromiseConfiguration

    /// The queue of tickets that name none.
    public var defaultQueue: QueueID? {
        queues.values.first { $0.isDefault && $0.isActive }?.id
    }
}
