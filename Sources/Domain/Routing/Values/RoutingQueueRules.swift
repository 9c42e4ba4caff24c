/// A queue's own choices for the matcher.
public struct RoutingQueueRules: Hashable, Sendable {
    public let mode: RoutingMode
    public let schedule: RelaxationSchedule
    /// How long a ticket waits for a preferred agent who is full or on a break; 0 is not at all (routing.md D).
    public let stickyWaitSeconds: Int
    /// On which channels agents are asked before they get a ticket (routing.md G).
    public var asks: Set<Channel>
    /// Whether a ticket that nobody took in all rounds waits for somebody to claim it.
    public var waitsForClaim = false

    /// - Parameter asksFirst: whether agents are asked on every channel.
    public init(mode: RoutingMode = .balanced, steps: [RelaxationStep] = [], stickyWaitSeconds: Int = 0, asksFirst: Bool = false) {
        self.mode = mode
        schedule = RelaxationSchedule(steps)
        self.stickyWaitSeconds = stickyWaitSeconds
        asks = asksFirst ? Set(Channel.allCases) : []
    }
}

/// Where a queue goes by deadline, the first ticket of a class need not be its oldest. So tickets that others may take are of other classes there than those that
/// they may not take yet: by their step of relaxation, and by whether their wait for a preferred agent is over (decision 42).
extension RoutingQueueRules {
    /// After how many seconds of waiting a ticket is of another class, in any order.
    public var classStarts: [Int] {
        schedule.steps.map(\.afterSeconds) + (stickyWaitSeconds > 0 ? [stickyWaitSeconds] : [])
    }

    /// After how many seconds of waiting a ticket must be looked at again, though nothing else happens.
    public func lookStarts(isByDeadline: Bool) -> [Int] {
        isByDeadline ? classStarts : schedule.steps.map(\.afterSeconds)
    }

    /// How many of these times have come beyond the first step's, which is there from the beginning.
    public func classStep(eligibleAt: Timestamp, now: Timestamp) -> Int {
        max(0, classTimes(eligibleAt).count { $0 <= now } - 1)
    }

    /// When the next of them comes; nil where none is left.
    public func nextClassChange(eligibleAt: Timestamp, now: Timestamp) -> Timestamp? {
        classTimes(eligibleAt).filter { $0 > now }.min()
    }

    private func classTimes(_ eligibleAt: Timestamp) -> [Timestamp] {
        classStarts.map { eligibleAt.adding(microseconds: RoutingTime.microseconds(max(0, $0))) }
    }
}
