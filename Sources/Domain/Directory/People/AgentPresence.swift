/// Whether an agent is there: a status with a lease, which each heartbeat renews.
public struct AgentPresence: Hashable, Sendable {
    public let agentID: AgentID
    /// As the agent said it; it counts until ``leaseUntil``.
    public let status: RoutingPresence
    /// Since when he has been online without a break; nil unless online.
    public let onlineSince: Timestamp?
    /// When he counts as offline unless he is heard of again.
    public let leaseUntil: Timestamp
    /// The channels whose work he does not take now.
    public let channelsOff: Set<Channel>
    /// Whether he was put on a break because he let offers pass, until he says that he is back (routing.md G).
    public let isHeld: Bool

    public init(
        agentID: AgentID,
        status: RoutingPresence,
        onlineSince: Timestamp?,
        leaseUntil: Timestamp,
        channelsOff: Set<Channel> = [],
        isHeld: Bool = false
    ) {
        self.agentID = agentID
        self.status = status
        self.onlineSince = onlineSince
        self.leaseUntil = leaseUntil
        self.channelsOff = channelsOff
        self.isHeld = isHeld
    }
}
