/// By which a customer is owed something for missed targets (features.md A5.8).
///
/// Which contract an entry of the ledger of penalties falls under follows from the organization that the ticket belonged to when the target was missed, the
/// time of that, the policy and the currency. One that names the policy goes before one for all; two that would both apply are refused.
public struct ContractContent: VersionedContent {
    public typealias Kind = Entity.Contract
    public static let uniqueField: String? = "number"
    public static let maximumPolicies = 100

    /// Whose it is; stays.
    public let organizationID: OrganizationID
    /// As people write it; unique in the tenant.
    public var number: String
    public var name: String
    public var validFrom: Timestamp
    /// Just before when it ends; nil: it goes on.
    public var validTo: Timestamp?
    /// ISO 4217. Penalties in another currency are not its.
    public var currency: String
    /// Whose breaches it is about, in the order of the ids; none: those of all policies.
    public var policies: [SLAPolicyID]
    /// The most that a month costs, in the currency's smallest unit.
    public var monthlyCap: Int64?

    public init(
        organizationID: OrganizationID,
        number: String,
        name: String,
        validFrom: Timestamp,
        validTo: Timestamp? = nil,
        currency: String,
        policies: [SLAPolicyID] = [],
        monthlyCap: Int64? = nil
    ) {
        self.organizationID = organizationID
        self.number = number
        self.name = name
        self.validFrom = validFrom
        self.validTo = validTo
        self.currency = currency
        self.policies = policies.sorted()
        self.monthlyCap = monthlyCap
    }
}

public typealias Contract = Versioned<ContractContent>
