public import Domain
public import Postgres

/// The number of another contract of the same organization and currency that would apply to some breach as much as a given one: both name the policy, or
/// both are for all. No row where there is none.
public struct FindRivalContract: Statement {
    public typealias Row = String
    public static let sql = """
        SELECT c.number FROM docket.contract c
        WHERE c.tenant_id = $1 AND c.organization_id = $2 AND c.currency = $3 AND c.id IS DISTINCT FROM $4
            AND tstzrange(c.valid_from, c.valid_to) && tstzrange($5, $6)
            AND (c.policy_ids && $7 OR cardinality(c.policy_ids) = 0 AND cardinality($7::uuid[]) = 0)
        ORDER BY c.number LIMIT 1
        """
    let tenant: TenantID
    let contract: ContractContent
    let id: ContractID?

    /// - Parameter id: that of the contract itself; nil for a new one.
    public init(tenant: TenantID, contract: ContractContent, id: ContractID?) {
        self.tenant = tenant
        self.contract = contract
        self.id = id
    }

    public func bind(into binder: inout Binder) {
        binder.append(tenant)
        binder.append(contract.organizationID)
        binder.append(contract.currency)
        binder.append(id)
        binder.append(contract.validFrom)
        binder.append(contract.validTo)
        binder.append(contract.policies)
    }

    public static func decode(_ row: RowView) throws(DecodeError) -> String { try row.decode(String.self, at: 0) }
}
