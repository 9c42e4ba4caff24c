/// Who was asked to take a ticket, in the order in which they were, and what they said (routing.md G).
public struct OfferRounds: Hashable, Sendable {
    /// One offer.
    public struct Asked: Hashable, Sendable {
        public let agent: AgentID
        /// From 1.
        public let round: Int
        public let offeredAt: Timestamp
        /// Nil while he has not answered and may still.
        public var outcome: TicketEvent.OfferEnded.Outcome?
        public var endedAt: Timestamp?
        /// Why he declined.
        public var reason: String?
    }

    /// Rounds in which everybody was asked, in the queue where it is now.
    public private(set) var over: Int
    public private(set) var asked: [Asked] = []
    /// Whether there were more before them.
    public let isCut: Bool

    /// - Parameters:
    ///   - events: of offers, in their order.
    ///   - before: rounds that were over before them; nil where there was nothing before them.
    /// - Returns: nil where nobody was asked.
    public init?(_ events: some Sequence<TicketEvent>, after before: Int? = nil) {
        isCut = before != nil
        over = before ?? 0
        for event in events {
            switch event.payload {
            case .offered(let offered):
                asked.append(Asked(agent: offered.agentID, round: over + 1, offeredAt: event.at))
            case .offerEnded(let ended):
                guard let index = asked.lastIndex(where: { $0.agent == ended.agentID && $0.outcome == nil }) else { continue }
                asked[index].outcome = ended.outcome
                asked[index].endedAt = event.at
                asked[index].reason = ended.reason
            case .offerRoundEnded(let ended):
                over = ended.round
            default:
                continue
            }
        }
        guard !asked.isEmpty else { return nil }
    }
}
