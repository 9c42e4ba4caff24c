/// A ticket offered to one agent, who may accept or decline it until it expires (routing.md G). It holds his capacity as if he had the ticket.
public struct TicketOffer: Hashable, Sendable {
    public let agentID: AgentID
    public let offeredAt: Timestamp
    /// From then on it cannot be accepted.
    public let expiresAt: Timestamp

    public init(agentID: AgentID, offeredAt: Timestamp, expiresAt: Timestamp) {
        self.agentID = agentID
        self.offeredAt = offeredAt
        self.expiresAt = expiresAt
    }

    /// Rounds in which everybody was asked, after which nobody is asked any more.
    public static let maximumRounds = 3
    /// Seconds from the moment when everybody has declined to the next round.
    public static let roundPauseSeconds = 60
    public static let secondsRange = 10...86_400

    /// When a round is over in which everybody had declined at a time.
    public static func roundEnd(exhaustedSince time: Timestamp) -> Timestamp {
        time.adding(microseconds: Int64(roundPauseSeconds) * 1_000_000)
    }
}
