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

    /// Rounds in which everybody was asked.
    public private(set) var over = 0
    public private(set) var asked: [Asked] = []
    /// Whether there were more before them.
    public let isCut: Bool

    /// - Parameters:
    ///   - events: of offers, in their order.
    ///   - isCut: says of a number of events whether there were more.
    /// - Returns: nil where nobody was asked.
    public init?(_ events: [TicketEvent], isCut: (Int) -> Bool) {
        self.isCut = isCut(events.count)
        // What was cut off may have ended rounds: the first that is told says how many there were.
        for event in events {
            guard case .offerRoundEnded(let ended) = event.payload else { continue }
            over = ended.round - 1
            break
        }
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
