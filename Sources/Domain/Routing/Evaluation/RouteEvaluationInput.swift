/// One line of `docket route eval` (contract.md): agents, tickets and rules, with ids and skills as plain text. Times are seconds.
///
/// What is left out takes the value of the examples in routing.md: capacity 5, load 0, weight 1, priority 3, present and on shift, eligible now. What a queue and
/// an agent have besides is named as the API names it.
public struct RouteEvaluationInput: Sendable, Decodable {
    public struct Step: Sendable, Decodable {
        public var after: Int
        public var dropFrom: Int?
        public var tier: Int?
        public var minLevelDown: Int?

        public init(after: Int) {
            self.after = after
        }

        private enum CodingKeys: String, CodingKey {
            case after, tier
            case dropFrom = "drop_from"
            case minLevelDown = "min_level_down"
        }
    }

    public struct Agent: Sendable, Decodable {
        public var id: String
        public var skills: [String: Int]?
        public var capacity: Int?
        public var load: Int?
        public var lastAssignedAt: Double?
        public var online: Bool?
        public var onShift: Bool?
        public var tier: Int?
        public var universalCapacity: Int?
        public var universalLoad: Int?
        public var member: Bool?
        public var channelOn: Bool?
        public var cooldown: Bool?
        /// The effective capacity while ramping up.
        public var rampUpCapacity: Int?
        /// Assignments left in the window of the rate limit.
        public var assignmentsLeft: Int?
        public var serviceAreas: [String]?
        public var latitude: Double?
        public var longitude: Double?

        public init(id: String) {
            self.id = id
        }

        private enum CodingKeys: String, CodingKey {
            case id, skills, capacity, load, online, tier, member, cooldown, latitude, longitude
            case rampUpCapacity = "ramp_up_capacity"
            case assignmentsLeft = "assignments_left"
            case serviceAreas = "service_areas"
            case lastAssignedAt = "last_assigned_at"
            case onShift = "on_shift"
            case universalCapacity = "universal_capacity"
            case universalLoad = "universal_load"
            case channelOn = "channel_on"
        }
    }

    public struct Ticket: Sendable, Decodable {
        public var id: String
        public var required: [String: Int]?
        public var optional: [String: Int]?
        public var priority: Int?
        public var eligibleAt: Double?
        public var weight: Int?
        public var preferred: String?
        public var excluded: [String]?
        public var vip: Bool?
        /// Its next promise, for queues by deadline.
        public var dueAt: Double?
        public var serviceArea: String?
        public var latitude: Double?
        public var longitude: Double?

        public init(id: String) {
            self.id = id
        }

        private enum CodingKeys: String, CodingKey {
            case id, required, optional, priority, weight, preferred, excluded, vip, latitude, longitude
            case eligibleAt = "eligible_at"
            case dueAt = "due_at"
            case serviceArea = "service_area"
        }
    }

    public var now: Double
    public var mode: RoutingMode?
    public var steps: [Step]?
    public var agents: [Agent]
    public var tickets: [Ticket]
    public var strict: Bool?
    public var orderBy: QueueOrder?
    public var defaultTargetSeconds: Int?
    public var boostMinutes: Int?
    public var vipBoostMinutes: Int?
    public var stickyWaitSeconds: Int?

    private enum CodingKeys: String, CodingKey {
        case now, mode, steps, agents, tickets, strict
        case orderBy = "order_by"
        case defaultTargetSeconds = "default_target_seconds"
        case boostMinutes = "boost_minutes"
        case vipBoostMinutes = "vip_boost_minutes"
        case stickyWaitSeconds = "sticky_wait_seconds"
    }

    public init(now: Double, agents: [Agent], tickets: [Ticket]) {
        self.now = now
        self.agents = agents
        self.tickets = tickets
    }
}
