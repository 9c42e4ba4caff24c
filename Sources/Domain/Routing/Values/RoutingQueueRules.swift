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
