extension TicketEvent {
    /// `ticket.offered`
    public struct Offered: Hashable, Sendable, Codable {
        public var agentID: AgentID
        public var expiresAt: Timestamp
        /// The relaxation step in force (routing.md B).
        public var step: Int
        /// The winner's rank.
        public var rank: String
        /// What routing saw of the others (``RoutingOthers``); nil in events from before it was recorded.
        public var others: String?

        public init(agentID: AgentID, expiresAt: Timestamp, step: Int, rank: String, others: String?) {
            self.agentID = agentID
            self.expiresAt = expiresAt
            self.step = step
            self.rank = rank
            self.others = others
        }
    }

    /// `ticket.offer_ended`
    public struct OfferEnded: Hashable, Sendable, Codable {
        public enum Outcome: String, Hashable, Sendable, Codable {
            case accepted, declined
            case timedOut = "timed_out"
            /// The ticket or the agent went another way meanwhile.
            case rescinded
        }

        public var agentID: AgentID
        public var outcome: Outcome
        /// Why he declined.
        public var reason: String?

        public init(agentID: AgentID, outcome: Outcome, reason: String? = nil) {
            self.agentID = agentID
            self.outcome = outcome
            self.reason = reason
        }
    }

    /// `ticket.offer_round_ended`, `ticket.no_taker`: everybody who could take it was asked; the next round asks them again. Or the ticket came to another
    /// queue, where the rounds begin anew.
    public struct OfferRoundEnded: Hashable, Sendable, Codable {
        /// Rounds so far; 0 in a queue where nobody was asked yet.
        public var round: Int

        public init(round: Int) {
            self.round = round
        }

        /// Whether nobody will be asked any more.
        public var isLast: Bool { round >= TicketOffer.maximumRounds }
    }
}
