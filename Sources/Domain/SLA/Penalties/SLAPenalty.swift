/// An entry of the ledger of penalties: one missed target, and what it costs by the policy version that was in force (features.md A5.8).
public struct SLAPenalty: Hashable, Sendable {
    /// Money in the smallest unit of a currency; never a fraction.
    public struct Price: Hashable, Sendable {
        public let amount: Int64
        /// ISO 4217.
        public let currency: String
        /// From how many seconds beyond the target the band holds.
        public let overSeconds: Int64

        public init(amount: Int64, currency: String, overSeconds: Int64) {
            self.amount = amount
            self.currency = currency
            self.overSeconds = overSeconds
        }
    }

    public let id: SLAPenaltyID
    public let ticketID: TicketID
    public let breach: SLABreach
    /// Whose ticket it was when the entry was computed.
    public let requesterID: RequesterID?
    /// nil where no band of the policy applies.
    public let price: Price?

    public init(id: SLAPenaltyID, ticketID: TicketID, breach: SLABreach, requesterID: RequesterID?, price: Price?) {
        self.id = id
        self.ticketID = ticketID
        self.breach = breach
        self.requesterID = requesterID
        self.price = price
    }
}

extension SLAPenalty.Price {
    public init?(_ band: SLAPenaltyBand?) {
        guard let band else { return nil }
        self.init(amount: band.amount, currency: band.currency, overSeconds: band.overSeconds)
    }
}
