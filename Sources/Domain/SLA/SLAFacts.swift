/// What the engine must know of a ticket besides its timers; follows from the signals.
public struct SLAFacts: Hashable, Sendable {
    public internal(set) var createdAt: Timestamp?
    public internal(set) var lastSignalAt: Timestamp?
    public internal(set) var suppressedUntil: Timestamp?
    public internal(set) var category = StateCategory.new
    public internal(set) var state: String?
    public internal(set) var stage: SLAStage?
    public internal(set) var priority: Priority?
    public internal(set) var group: GroupID?
    public internal(set) var policy: SLAPolicyReference?
    public internal(set) var calendar: CalendarReference?
    public internal(set) var firstCustomerMessageAt: Timestamp?
    public internal(set) var firstResponseAt: Timestamp?
    /// The oldest customer message after the first response that no agent has answered.
    public internal(set) var unansweredSince: Timestamp?
    /// Closed, merged or cancelled: no clock starts any more.
    public internal(set) var isFinished = false
    /// How many timers of each metric there have been.
    public internal(set) var instances: [SLAMetric: Int] = [:]

    public init() {}
}

extension SLAFacts: Codable {
    private enum CodingKeys: String, CodingKey {
        case createdAt = "created_at"
        case lastSignalAt = "last_signal_at"
        case suppressedUntil = "suppressed_until"
        case category
        case state
        case stage
        case priority
        case group
        case policy
        case calendar
        case firstCustomerMessageAt = "first_customer_message_at"
        case firstResponseAt = "first_response_at"
        case unansweredSince = "unanswered_since"
        case isFinished = "finished"
        case instances
    }
}
