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
    /// The policy that matched last, while none does: by it clocks go on standing still where it let them (decision 0037).
    public package(set) var formerPolicy: SLAPolicyReference?
    /// Whose ticket it has been, the first from the beginning on; empty where it never had an organization.
    public package(set) var organizations: [SLAOrganizationSpan] = []
    public package(set) var firstCustomerMessageAt: Timestamp?
    public package(set) var firstResponseAt: Timestamp?
    /// The oldest customer message after the first response that no agent has answered. Before it: the oldest of another ticket that was merged into this one,
    /// which the running first response answers as well.
    public package(set) var unansweredSince: Timestamp?
    /// Closed, merged or cancelled: no clock starts any more.
    public package(set) var isFinished = false
    /// How many timers of each metric there have been.
    public package(set) var instances: [SLAMetric: Int] = [:]

    public init() {}
}

extension SLAFacts {
    /// The policy that says where clocks stand still: while none matches, the one that matched last.
    public var rulingPolicy: SLAPolicyReference? { policy ?? formerPolicy }

    /// Whose ticket it is.
    public var organization: OrganizationID? { organizations.last?.organization }

    /// Whose ticket it was at a time. A move counts from its own instant on.
    public func organization(at time: Timestamp) -> OrganizationID? {
        organizations.last { $0.since <= time }?.organization
    }

    mutating func move(to organization: OrganizationID?, at time: Timestamp) {
        guard organization != self.organization else { return }
        organizations.append(SLAOrganizationSpan(since: time, organization: organization))
    }

    /// Since when the customer waits for an answer: his first message where no agent has answered yet; nil where nobody waits.
    public var oldestUnanswered: Timestamp? {
        guard category.isUnsolved else { return nil }
        guard firstResponseAt == nil else { return unansweredSince }
        return [firstCustomerMessageAt, unansweredSince].compactMap(\.self).min()
    }
}
