/// Somebody who works on tickets.
public struct AgentContent: VersionedContent {
    public typealias Kind = Entity.Agent
    public static let uniqueField: String? = "email"
    public var name: String
    /// In lower case: one person has one entry, however the address is written.
    public var email: String
    /// An agent who left is kept, because history names him, but gets no work.
    public var isActive: Bool
    /// The company that he works for, where that is another one; he sees only tickets that are or were his then (features.md A3.15).
    public var provider: String?
    /// Whose hours are his shifts; nil: always on shift.
    public var calendarID: CalendarID?
    /// How many units of work routing may give him (routing.md F).
    public var capacity: Int
    public var workRules: WorkRules
    /// Each skill at most once; kept in the order of skill ids.
    public var skills: [SkillLevel] {
        didSet { skills = AgentContent.ordered(skills) }
    }

    /// The territories that the agent serves, each at most once; none: everywhere.
    public var serviceAreas: [String]
    /// Whom the escalation target `manager` calls for the tickets of this agent; nobody is his own, over any number of steps.
    public var managerID: AgentID?
    /// Where the agent's ways begin, for queues that send the nearest.
    public var place: GeoPoint?

    public static let maximumCapacity = 100_000
    public static let maximumSkills = 500
    public static let maximumServiceAreas = 50
    public static let serviceAreaLength = 1...100

    public init(
        name: String,
        email: String,
        isActive: Bool = true,
        calendarID: CalendarID? = nil,
        capacity: Int = 5,
        workRules: WorkRules = WorkRules(),
        skills: [SkillLevel] = [],
        provider: String? = nil,
        serviceAreas: [String] = [],
        place: GeoPoint? = nil,
        managerID: AgentID? = nil
    ) {
        self.name = name
        self.email = email.lowercased()
        self.isActive = isActive
        self.calendarID = calendarID
        self.capacity = capacity
        self.workRules = workRules
        self.provider = provider
        self.skills = AgentContent.ordered(skills)
        self.serviceAreas = serviceAreas
        self.place = place
        self.managerID = managerID
    }

    private static func ordered(_ skills: [SkillLevel]) -> [SkillLevel] {
        skills.sorted { ($0.skill, $0.level) < ($1.skill, $1.level) }
    }
}
