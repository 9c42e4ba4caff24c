/// What people can edit on a ticket: the part of it that `create` and `update` carry.
public struct TicketContent: Hashable, Sendable, Codable {
    /// 1 to 500 characters.
    public var subject: String
    /// At most 65,536 characters.
    public var description: String
    /// The tenant's own kind of request: incident, access, complaint, …
    public var type: String
    public var channel: Channel
    public var category: String?
    public var location: String?
    /// The territory it must be served in: only agents of it get the ticket. Nil is anybody's.
    public var serviceArea: String?
    /// Where the work is, for queues that send the nearest agent.
    public var place: GeoPoint?
    /// At whose hours the work can be done; gave the place and the area where the ticket named none itself.
    public var siteID: SiteID?
    /// In which the requester writes, as ``LanguageTag/canonical(_:)`` gives it.
    public var language: String?
    /// The ticket's id in another system.
    public var externalReference: String?
    public var requesterID: RequesterID?
    /// Nil is false: events from before it have none.
    private var requesterVIP: Bool?
    /// The requester's organization: copied when the ticket gets him, and followed when he moves (``TicketEvent/OrganizationChanged``).
    public var organizationID: OrganizationID?
    public var priority: Priority
    public var impact: ImpactLevel?
    public var urgency: ImpactLevel?
    public var queueID: QueueID?
    public var groupID: GroupID?
    /// Capacity units the ticket takes from its agent (routing.md Inputs).
    public var weight: Int
    public var skills: SkillRequirements
    public var preferredAgentID: AgentID?
    public var fields: [String: CustomFieldValue]

    public init(
        subject: String,
        description: String = "",
        type: String = "incident",
        channel: Channel = .api,
        category: String? = nil,
        location: String? = nil,
        serviceArea: String? = nil,
        place: GeoPoint? = nil,
        siteID: SiteID? = nil,
        language: String? = nil,
        externalReference: String? = nil,
        requesterID: RequesterID? = nil,
        isRequesterVIP: Bool = false,
        organizationID: OrganizationID? = nil,
        priority: Priority = .p3,
        impact: ImpactLevel? = nil,
        urgency: ImpactLevel? = nil,
        queueID: QueueID? = nil,
        groupID: GroupID? = nil,
        weight: Int = 1,
        skills: SkillRequirements = SkillRequirements(),
        preferredAgentID: AgentID? = nil,
        fields: [String: CustomFieldValue] = [:]
    ) {
        self.subject = subject
        self.description = description
        self.type = type
        self.channel = channel
        self.category = category
        self.location = location
        self.serviceArea = serviceArea
        self.place = place
        self.siteID = siteID
        self.language = language
        self.externalReference = externalReference
        self.requesterID = requesterID
        requesterVIP = isRequesterVIP ? true : nil
        self.organizationID = organizationID
        self.priority = priority
        self.impact = impact
        self.urgency = urgency
        self.queueID = queueID
        self.groupID = groupID
        self.weight = weight
        self.skills = skills
        self.preferredAgentID = preferredAgentID
        self.fields = fields
    }

    /// Whether the requester was a VIP when the ticket got him: copied, so that ranks and policies follow from the ticket alone.
    public var isRequesterVIP: Bool {
        get { requesterVIP ?? false }
        set { requesterVIP = newValue ? true : nil }
    }
}
