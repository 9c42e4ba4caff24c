/// What a month costs by one contract.
public struct ContractSum: Hashable, Sendable {
    /// The entries of one severity band of one policy.
    public struct Band: Hashable, Sendable {
        public let policyID: SLAPolicyID
        public let policyName: String
        public let metric: SLAMetric
        /// From how many seconds beyond the target the band holds.
        public let overSeconds: Int64
        public var tally = PenaltyTally()
    }

    public let contract: ContractReference
    public let organizationID: OrganizationID
    public let currency: String
    /// In the order of policy, metric, severity.
    public let bands: [Band]
    /// All bands together.
    public let tally: PenaltyTally
    /// Whether the cap was applied: not where only some of the contract's entries were asked for.
    public let isWhole: Bool

    /// What the cap takes off.
    public var capReduction: Int64 {
        guard isWhole, let cap = contract.monthlyCap else { return 0 }
        return max(0, tally.amount - cap)
    }

    /// What is to be paid or credited at the end.
    public var payable: Int64 { tally.amount - capReduction }
}

extension ContractSum {
    /// The sums of entries by contract, in the order of their numbers.
    ///
    /// - Returns: nil where a sum does not fit into 64 bits.
    static func sums(of lines: [PenaltyStatement.Line], isWhole: Bool) -> [ContractSum]? {
        var sums: [ContractSum] = []
        for (id, entries) in Dictionary(grouping: lines, by: { $0.contract?.id }) {
            guard id != nil, let first = entries.first, let contract = first.contract, let price = first.penalty.price,
                let organization = first.penalty.breach.organization
            else { continue }
            guard let sum = ContractSum(contract, organization, price.currency, entries, isWhole: isWhole) else { return nil }
            sums.append(sum)
        }
        return sums.sorted { $0.contract.number < $1.contract.number }
    }

    private init?(_ contract: ContractReference, _ organization: OrganizationID, _ currency: String, _ lines: [PenaltyStatement.Line], isWhole: Bool)
    {
        struct Key: Hashable {
            let policy: SLAPolicyID
            let metric: SLAMetric
            let overSeconds: Int64
        }
        var bands: [Key: Band] = [:]
        var tally = PenaltyTally()
        for line in lines {
            guard let price = line.penalty.price else { continue }
            let breach = line.penalty.breach
            let key = Key(policy: breach.policy.id, metric: breach.metric, overSeconds: price.overSeconds)
            let fresh = Band(policyID: key.policy, policyName: line.policyName, metric: key.metric, overSeconds: key.overSeconds)
            guard bands[key, default: fresh].tally.add(line), tally.add(line) else { return nil }
        }
        self.contract = contract
        organizationID = organization
        self.currency = currency
        self.bands = bands.values.sorted {
            ($0.policyName, $0.policyID, $0.metric.rawValue, $0.overSeconds) < ($1.policyName, $1.policyID, $1.metric.rawValue, $1.overSeconds)
        }
        self.tally = tally
        self.isWhole = isWhole
    }
}
