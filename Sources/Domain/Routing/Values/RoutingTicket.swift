/// What routing knows of a waiting ticket (routing.md, inputs).
public struct RoutingTicket: Hashable, Sendable {
    public let id: TicketID
    /// When the ticket first became routable; kept over every requeue.
    public let eligibleAt: Timestamp
    /// Its place in the queue, from ``RankOrder``.
    public let rankAt: Timestamp
    public let requirements: SkillRequirements
    public let channel: Channel
    /// Capacity units it takes, at least 1.
    public let weight: Int
    /// The last human assignee, where the queue keeps customers with their agent.
    public let preferredAgent: AgentID?
    /// Who declined or timed out in this round of offers.
    public let excludedAgents: [AgentID]
    /// The territory it must be served in, if any.
    public let serviceArea: String?
    /// Where the work is, for ``RoutingMode/nearest``.
    public let location: GeoPoint?
    /// At whose hours the work can be done.
    public let siteID: SiteID?
    /// Rounds of offers that are over.
    public let offerRound: Int
    /// Whether that site is closed now: then the ticket waits, whoever could take it.
    public var isSiteClosed = false
    /// Whether everybody was asked who could take it and had room, and the pause before the next round runs (routing.md G).
    public var isRoundEnding = false

    public init(
        id: TicketID,
        eligibleAt: Timestamp,
        rankAt: Timestamp,
        requirements: SkillRequirements = SkillRequirements(),
        channel: Channel = .api,
        weight: Int = 1,
        preferredAgent: AgentID? = nil,
        excludedAgents: [AgentID] = [],
        serviceArea: String? = nil,
        location: GeoPoint? = nil,
        siteID: SiteID? = nil,
        offerRound: Int = 0
    ) {
        self.id = id
        self.eligibleAt = eligibleAt
        self.rankAt = rankAt
        self.requirements = requirements
        self.channel = channel
        self.weight = min(max(weight, 1), RoutingLoad.maximumUnits)
        self.preferredAgent = preferredAgent
        self.excludedAgents = excludedAgents
        self.serviceArea = serviceArea
        self.location = location
        self.siteID = siteID
        self.offerRound = offerRound
    }

    /// Whether nobody took it in all rounds: nobody is asked any more (routing.md G).
    public var wasAskedInVain: Bool { offerRound >= TicketOffer.maximumRounds }
}
