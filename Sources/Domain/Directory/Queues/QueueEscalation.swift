/// What starts a chain for a ticket of a queue by itself, beside the clocks of its promises (sla.md, Escalation chains, rule 1).
public struct QueueEscalation: Hashable, Sendable, Codable {
    public enum Trigger: String, CaseIterable, Hashable, Sendable, Codable {
        /// The ticket has waited for an agent for ``afterSeconds``.
        case unassigned
        /// Nobody took it in all rounds of offers.
        case noTaker = "no_taker"
        /// Nobody present could take it at this or any later step; without an entry the supervisor is told once.
        case unroutable

        /// What the chain's run says of its start.
        public var trigger: EscalationTrigger {
            switch self {
            case .unassigned: .unassigned
            case .noTaker: .noTaker
            case .unroutable: .unroutable
            }
        }
    }

    public let trigger: Trigger
    /// Which chain; nil: that of the queue for calls for help, else that of the ticket's policy.
    public let chain: EscalationChainID?
    /// How long a ticket may wait; with ``Trigger/unassigned`` only.
    public let afterSeconds: Int?
    /// Whether the wait counts open time of the queue's calendar.
    public let mode: EscalationLevel.Mode

    /// Up to a year.
    public static let afterRange = 1...366 * 86_400

    private enum CodingKeys: String, CodingKey {
        case trigger
        case chain = "chain_id"
        case afterSeconds = "after_seconds"
        case mode
    }

    public init(trigger: Trigger, chain: EscalationChainID? = nil, afterSeconds: Int? = nil, mode: EscalationLevel.Mode = .wall) {
        self.trigger = trigger
        self.chain = chain
        self.afterSeconds = afterSeconds
        self.mode = mode
    }
}
