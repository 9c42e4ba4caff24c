/// What the breaches of one month cost: by contract, and by policy and requester where there is none.
public struct PenaltyStatement: Hashable, Sendable {
    /// The most entries of a statement; more are asked for policy by policy.
    public static let maximumLines = 10_000

    public struct Line: Hashable, Sendable {
        public let penalty: SLAPenalty
        public let ticketNumber: Int64
        public let policyName: String
        /// What a waiver was granted for; nil without one. A breach that goes on may cost more by now.
        public let waivedAmount: Int64?
        /// What the entry falls under; nil where the organization had no contract for it.
        public let contract: ContractReference?

        public init(penalty: SLAPenalty, ticketNumber: Int64, policyName: String, waivedAmount: Int64?, contract: ContractReference? = nil) {
            self.penalty = penalty
            self.ticketNumber = ticketNumber
            self.policyName = policyName
            self.waivedAmount = waivedAmount
            self.contract = contract
        }

        /// Of the amount, what is waived: what it grew by since is not.
        public var waived: Int64 { min(waivedAmount ?? 0, penalty.price?.amount ?? 0) }
        /// Of the amount, what is to be paid or credited.
        public var charged: Int64 { (penalty.price?.amount ?? 0) - waived }
        /// Whether all of it is waived.
        public var isWaived: Bool { waivedAmount != nil && charged == 0 }
    }

    /// The sums of one policy, customer and currency, without entries under contracts.
    public struct Total: Hashable, Sendable {
        public let policyID: SLAPolicyID
        public let policyName: String
        public let requesterID: RequesterID?
        public let currency: String
        public fileprivate(set) var tally = PenaltyTally()
    }

    public let month: CivilMonth
    public let zone: String
    /// Half-open, by the time of the breaches.
    public let span: Range<Timestamp>
    /// In the order of their numbers.
    public let contracts: [ContractSum]
    /// In the order of policy, customer, currency.
    public let totals: [Total]
    /// In the order of the breaches.
    public let lines: [Line]
    /// Breaches of the month that the ledger does not have yet, or no longer as they are.
    public let unassessed: Int

    /// - Parameter isWhole: whether the lines are all of their contracts' in the month, so that caps apply.
    /// - Returns: nil where a sum does not fit into 64 bits.
    public init?(month: CivilMonth, zone: String, span: Range<Timestamp>, lines: [Line], unassessed: Int, isWhole: Bool = true) {
        struct Key: Hashable {
            let policy: SLAPolicyID
            let requester: RequesterID?
            let currency: String
        }
        var totals: [Key: Total] = [:]
        for line in lines where line.contract == nil {
            guard let price = line.penalty.price else { continue }
            let key = Key(policy: line.penalty.breach.policy.id, requester: line.penalty.requesterID, currency: price.currency)
            let fresh = Total(policyID: key.policy, policyName: line.policyName, requesterID: key.requester, currency: key.currency)
            guard totals[key, default: fresh].tally.add(line) else { return nil }
        }
        guard let contracts = ContractSum.sums(of: lines, isWhole: isWhole) else { return nil }
        self.contracts = contracts
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
