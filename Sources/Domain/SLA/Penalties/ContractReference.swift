/// The contract that a penalty falls under, as statements name it.
public struct ContractReference: Hashable, Sendable {
    public let id: ContractID
    public let number: String
    public let name: String
    /// The most that a month costs, in the currency's smallest unit; nil: there is no limit.
    public let monthlyCap: Int64?

    public init(id: ContractID, number: String, name: String, monthlyCap: Int64?) {
        self.id = id
        self.number = number
        self.name = name
        self.monthlyCap = monthlyCap
    }
}
