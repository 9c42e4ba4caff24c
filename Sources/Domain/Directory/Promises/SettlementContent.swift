/// What a provider is paid for: a ticket that one of its agents resolved (features.md A3.15).
public struct SettlementContent: VersionedContent {
    public typealias Kind = Entity.Settlement
    public static let uniqueField: String? = nil

    /// An amount of money.
    public struct Price: Hashable, Sendable {
        /// In the currency's smallest unit.
        public var amount: Int64
        /// ISO 4217: three capital letters.
        public var currency: String

        public static let range: ClosedRange<Int64> = 0...1_000_000_000_000_000

        public init(amount: Int64, currency: String) {
            self.amount = amount
            self.currency = currency
        }
    }

    public let ticketID: TicketID
    public let agentID: AgentID
    /// As the agent's entry had it when he resolved the ticket.
    public let provider: String
    public let resolvedAt: Timestamp
    /// nil until somebody sets it.
    public var price: Price?

    public init(ticketID: TicketID, agentID: AgentID, provider: String, resolvedAt: Timestamp, price: Price? = nil) {
        self.ticketID = ticketID
        self.agentID = agentID
        self.provider = provider
        self.resolvedAt = resolvedAt
        self.price = price
    }
}

public typealias Settlement = Versioned<SettlementContent>
