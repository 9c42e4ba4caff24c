/// What the engine must know of a ticket besides its timers; follows from the signals.
public struct SLAFacts: Hashable, Sendable {
    public package(set) var createdAt: Timestamp?
    public package(set) var lastSignalAt: Timestamp?
    public package(set) var suppressedUntil: Timestamp?
    public package(set) var category = StateCategory.new
    public package(set) var state: String?
    public package(set) var stage: SLAStage?
    public package(set) var priority: Priority?
    public package(set) var group: GroupID?
    public package(set) var policy: SLAPolicyReference?
    public package(set) var calendar: CalendarReference?
    public package(set) var firstCustomerMessageAt: Timestamp?
    public package(set) var firstResponseAt: Timestamp?
    /// The oldest customer message after the first response that no agent has answered.
    public package(set) var unansweredSince: Timestamp?
    /// Closed, merged or cancelled: no clock starts any more.
    public package(set) var isFinished = false
    /// How many timers of each metric there have been.
    public package(set) var instances: [SLAMetric: Int] = [:]

    public init() {}
}

extension SLAFacts {
    /// Since when the customer waits for an answer: his first message where no agent has answered yet; nil where nobody waits.
    public var oldestUnanswered: Timestamp? {
        guard category.isUnsolved else { return nil }
        return firstResponseAt == nil ? firstCustomerMessageAt : unansweredSince
    }
}
