/// What a tenant configures or names, without its id, version and times.
public protocol VersionedContent: Hashable, Sendable {
    /// What its ids are ids of.
    associatedtype Kind
    /// The text member that is unique in a tenant, by which things are looked up; nil for none.
    static var uniqueField: String? { get }
}

extension VersionedContent {
    public static var uniqueField: String? { "name" }
}

/// One thing of a tenant's directory at one version.
public struct Versioned<Content: VersionedContent>: Hashable, Sendable {
    public let id: ID<Content.Kind>
    /// 1, 2, 3 … : one more with each edit. What `If-Match` compares.
    public let version: Int64
    public let content: Content
    public let createdAt: Timestamp
    public let updatedAt: Timestamp

    public init(id: ID<Content.Kind>, version: Int64, content: Content, createdAt: Timestamp, updatedAt: Timestamp) {
        self.id = id
        self.version = version
        self.content = content
        self.createdAt = createdAt
        self.updatedAt = updatedAt
    }
}

public typealias Agent = Versioned<AgentContent>
public typealias AgentGroup = Versioned<AgentGroupContent>
public typealias CalendarRecord = Versioned<CalendarContent>
public typealias EscalationChainRecord = Versioned<EscalationChainContent>
public typealias OnCallRotaRecord = Versioned<OnCallRotaContent>
public typealias Queue = Versioned<QueueContent>
public typealias Requester = Versioned<RequesterContent>
public typealias Skill = Versioned<SkillContent>
public typealias SLAPolicyRecord = Versioned<SLAPolicyContent>
public typealias WebhookEndpoint = Versioned<WebhookEndpointContent>
