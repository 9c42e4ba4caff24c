/// Where tickets wait, and by which rules they are given out (routing.md A, B, D); its members are kept apart.
public struct QueueContent: VersionedContent {
    public typealias Kind = Entity.Queue
    public var name: String
    public var mode: RoutingMode
    /// By how many minutes every ticket of the queue is moved ahead; negative moves it back.
    public var boostMinutes: Int
    /// By how many minutes tickets of VIP requesters are moved ahead of the others.
    public var vipBoostMinutes = 0
    /// Every P1 before every P2, and so on.
    public var isStrict: Bool
    public var order = QueueOrder.rank
    /// In a queue by deadline: by when a ticket without any promise is due, in seconds since it became routable.
    public var defaultTargetSeconds = 86_400
    /// Where tickets go that name no queue. Making another queue the default takes it from this one.
    public var isDefault: Bool
    public var steps: [RelaxationStep]
    /// When the queue is open, always without one; whose hours business targets of its tickets use, where the policy names no calendar.
    public var calendarID: CalendarID?
    public var isActive: Bool
    public var sticky = StickyAgents()
    /// Where tickets move on to that have waited for ``overflowAfterSeconds``.
    public var overflowQueueID: QueueID?
    public var overflowAfterSeconds = 3_600
    /// Where new tickets go at once that arrive while the queue is closed.
    public var fallbackQueueID: QueueID?
    /// Whether agents are asked before they get a ticket; nil: they are not (routing.md G).
    public var offers: QueueOffers?
    /// What is run where an agent of the queue calls for help (features.md A3.12).
    public var escalationChainID: EscalationChainID?
    /// What starts a chain by itself; each trigger at most once.
    public var escalations: [QueueEscalation] = []
    /// Which tickets come here, and by which rules.
    public var intake = QueueIntake()

    /// A week, each way.
    public static let boostRange = -10_080...10_080
    public static let vipBoostRange = 0...10_080
    /// Up to a year.
    public static let defaultTargetRange = 1...366 * 86_400
    public static let tierRange = 0...9
    public static let maximumSteps = 20
    /// A year, in seconds.
    public static let maximumStepAge = 366 * 86_400

    public init(
        name: String,
        mode: RoutingMode = .balanced,
        boostMinutes: Int = 0,
        isStrict: Bool = false,
        isDefault: Bool = false,
        steps: [RelaxationStep] = [],
        calendarID: CalendarID? = nil,
        isActive: Bool = true
    ) {
        self.name = name
        self.mode = mode
        self.boostMinutes = boostMinutes
        self.isStrict = isStrict
        self.isDefault = isDefault
        self.steps = steps
        self.calendarID = calendarID
        self.isActive = isActive
    }
}
