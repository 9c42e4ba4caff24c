/// A contingency plan: the tasks that a ticket gets when something happens to it (features.md A3.16).
public struct PlaybookContent: VersionedContent {
    public typealias Kind = Entity.Playbook

    /// One task of the plan.
    public struct Step: Hashable, Sendable, Codable {
        public var title: String
        public var instructions: String?
        /// By when it is to be done, in seconds of plain time after the plan was started.
        public var dueAfterSeconds: Int?
        /// Nil is false: steps from before it have none.
        private var required: Bool?

        public init(title: String, instructions: String? = nil, dueAfterSeconds: Int? = nil, isRequired: Bool = false) {
            self.title = title
            self.instructions = instructions
            self.dueAfterSeconds = dueAfterSeconds
            required = isRequired ? true : nil
        }

        /// Whether a ticket is not solved before it is done or skipped (features.md A4.7).
        public var isRequired: Bool { required ?? false }
    }

    public var name: String
    public var trigger: PlaybookTrigger
    /// The clocks whose breaches start it, with the trigger ``PlaybookTrigger/breached`` only; none means all.
    public var metrics: [SLAMetric]
    /// The types of tickets that it is for; none means all.
    public var ticketTypes: [String]
    /// In the order in which they are to be done.
    public var steps: [Step]
    /// What is not active is not started any more; tasks that were started stay.
    public var isActive: Bool

    /// How many tasks a plan has.
    public static let stepRange = 1...50
    /// Characters: fifty tasks of a hundred plans are one page of a list.
    public static let instructionsRange = 1...1_000
    /// The most types that one plan names.
    public static let maximumTypes = 100
    /// The most plans that one report or one breach starts.
    public static let startLimit = 20
    /// The most active plans for breaches: every process that records breaches knows them by heart.
    public static let maximumForBreaches = 50
    /// Seconds: up to a year.
    public static let dueRange = 0...31_622_400

    public init(
        name: String,
        trigger: PlaybookTrigger,
        metrics: [SLAMetric] = [],
        ticketTypes: [String] = [],
        steps: [Step],
        isActive: Bool = true
    ) {
        self.name = name
        self.trigger = trigger
        self.metrics = metrics
        self.ticketTypes = ticketTypes
        self.steps = steps
        self.isActive = isActive
    }
}

public typealias Playbook = Versioned<PlaybookContent>
