import Domain
import Store

extension ContractContent: DirectoryContent {
    static var noun: String { "contract" }
    static var maximumCount: Int? { 10_000 }
    /// Promises do not depend on it; statements ask for it when they are made.
    static var isConfiguration: Bool { false }

    func problems(in situation: DirectorySituation<ContractContent>) -> [FieldProblem] {
        var checks = FieldChecks()
        checks.text(number, 1...100, at: "/number")
        checks.name(name)
        let isCurrency = currency.utf8.count == 3 && currency.utf8.allSatisfy { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) }
        if !isCurrency { checks.add("/currency", code: .invalidFormat, "needs three capital letters (ISO 4217)") }
        if let validTo, validTo <= validFrom { checks.add("/valid_to", code: .outOfRange, "must be after valid_from") }
        if let monthlyCap, monthlyCap < 0 { checks.add("/monthly_cap", code: .outOfRange, "must not be negative") }
        if policies.count > Self.maximumPolicies {
            checks.add("/policy_ids", code: .limitReached, "a contract names at most \(Self.maximumPolicies) policies")
        }
        if Set(policies).count < policies.count { checks.add("/policy_ids", code: .duplicate, "a policy is listed twice") }
        return checks.problems
    }

    func addReferences(to check: inout ReferenceCheck) {
        check.add(organizationID, at: "/organization_id")
        // Policies are kept in the order of their ids, not in the caller's: the pointer names the policy, not a place.
        for policy in policies.prefix(Self.maximumPolicies) { check.add(policy, at: "/policy_ids/\(policy)") }
    }

    /// A breach falls under one contract.
    func linkProblems(of id: ContractID?, tenant: TenantID, transaction: TenantTransaction) async throws -> [FieldProblem] {
        guard validTo.map({ validFrom < $0 }) ?? true else { return [] }
        guard let rival = try await transaction.first(of: FindRivalContract(tenant: tenant, contract: self, id: id)) else { return [] }
        return [FieldProblem("/valid_from", code: .conflict, detail: "contract \(rival) covers the same breaches in a part of the time")]
    }
}
