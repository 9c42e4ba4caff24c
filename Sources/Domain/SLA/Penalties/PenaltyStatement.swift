/// What the breaches of one month cost, by policy and customer.
public struct PenaltyStatement: Hashable, Sendable {
    /// The most entries of a statement; more are asked for policy by policy.
    public static let maximumLines = 10_000

    public struct Line: Hashable, Sendable {
        public let penalty: SLAPenalty
        public let ticketNumber: Int64
        public let policyName: String
        public let isWaived: Bool

        public init(penalty: SLAPenalty, ticketNumber: Int64, policyName: String, isWaived: Bool) {
            self.penalty = penalty
            self.ticketNumber = ticketNumber
            self.policyName = policyName
            self.isWaived = isWaived
        }
    }

    /// The sums of one policy, customer and currency.
    public struct Total: Hashable, Sendable {
        public let policyID: SLAPolicyID
        public let policyName: String
        public let requesterID: RequesterID?
        public let currency: String
        public var count = 0
        /// To be paid or credited, in the currency's smallest unit.
        public var amount: Int64 = 0
        public var waivedCount = 0
        public var waivedAmount: Int64 = 0
        /// Of the count, those whose breach is not over: they may grow.
        public var openCount = 0
    }

    public let month: CivilMonth
    public let zone: String
    /// Half-open, by the time of the breaches.
    public let span: Range<Timestamp>
    /// In the order of policy, customer, currency.
    public let totals: [Total]
    /// In the order of the breaches.
    public let lines: [Line]
    /// Breaches of the month that the ledger does not have yet, or no longer as they are.
    public let unassessed: Int

    /// - Returns: nil where a sum does not fit into 64 bits.
    public init?(month: CivilMonth, zone: String, span: Range<Timestamp>, lines: [Line], unassessed: Int) {
        struct Key: Hashable {
            let policy: SLAPolicyID
            let requester: RequesterID?
            let currency: String
        }
        var totals: [Key: Total] = [:]
        for line in lines {
            guard let price = line.penalty.price else { continue }
            let key = Key(policy: line.penalty.breach.policy.id, requester: line.penalty.requesterID, currency: price.currency)
            let fresh = Total(policyID: key.policy, policyName: line.policyName, requesterID: key.requester, currency: key.currency)
            var total = totals[key] ?? fresh
            let (sum, overflow) = (line.isWaived ? total.waivedAmount : total.amount).addingReportingOverflow(price.amount)
            guard !overflow else { return nil }
            if line.isWaived {
                total.waivedAmount = sum
                total.waivedCount += 1
            } else {
                total.amount = sum
                total.count += 1
                if line.penalty.breach.endedAt == nil { total.openCount += 1 }
            }
            totals[key] = total
        }
        self.month = month
        self.zone = zone
        self.span = span
        self.lines = lines
        self.unassessed = unassessed
        self.totals = totals.values.sorted { left, right in
            (left.policyName, left.policyID, left.requesterID?.description ?? "", left.currency)
                < (right.policyName, right.policyID, right.requesterID?.description ?? "", right.currency)
        }
    }
}
