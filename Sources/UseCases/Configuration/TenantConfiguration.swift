public import Domain
public import Store

/// What commands know of a tenant beside the ticket: read together, at one version.
public struct TenantConfiguration: Sendable {
    public let tenant: TenantID
    /// Named by every command that decided on it; another version in the database aborts the command.
    public let version: Int64
    public let queues: [QueueID: QueueConfiguration]
    public let sites: [SiteID: SiteContent]
    public let groups: Set<GroupID>
    public let skills: Set<SkillID>
    /// Whether any webhook endpoint is active.
    public let hasWebhooks: Bool
    public internal(set) var promises: PromiseConfiguration
    /// The active plans for broken promises, in the order of their names.
    let playbooks: [Playbook]
    /// The tenant's own priority matrix, or the standard one.
    let priorities: PriorityMatrix
    /// Finds the queues of new tickets.
    public let intake: Intake

    init(
        tenant: TenantID,
        version: Int64,
        queues: [QueueConfiguration],
        sites: [Site],
        groups: Set<GroupID>,
        skills: Set<SkillID>,
        hasWebhooks: Bool,
        promises: PromiseConfiguration,
        playbooks: [Playbook] = [],
        priorities: PriorityMatrix = .standard
    ) {
        self.tenant = tenant
        self.version = version
        self.queues = Dictionary(queues.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        self.sites = Dictionary(sites.map { ($0.id, $0.content) }, uniquingKeysWith: { first, _ in first })
        self.groups = groups
        self.skills = skills
        self.hasWebhooks = hasWebhooks
        self.promises = promises
        self.playbooks = playbooks
        self.priorities = priorities
        intake = Intake(
            queues.map { IntakeQueue(id: $0.id, isActive: $0.isActive, isDefault: $0.isDefault, choices: $0.intake, fallback: $0.fallback) }
        )
    }
}
