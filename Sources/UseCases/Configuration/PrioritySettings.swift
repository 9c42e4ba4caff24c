public import Domain
import Store

/// How the tenant's priorities follow from what is known of a ticket (features.md A2.4).
public struct PrioritySettings: Sendable {
    let environment: UseCaseEnvironment

    public init(environment: UseCaseEnvironment) {
        self.environment = environment
    }

    /// The tenant's matrix, or the standard one.
    ///
    /// - Throws: ``UseCaseError/notFound``, ``StoreError``.
    public func matrix(in tenant: TenantID) async throws -> PriorityMatrix {
        var unit = TenantUnit(tenant)
        let handle = unit.add(LoadPriorityMatrix(tenant: tenant))
        guard let found = try await environment.database.run(unit).first(handle) else { throw UseCaseError.notFound }
        return found ?? .standard
    }

    /// Sets it, for tickets that are made, and for those whose impact or urgency changes, from now on. The others keep the priority that they have.
    ///
    /// - Parameter check: is given what is there, under the lock, and throws where the caller means to replace something else (`If-Match`).
    /// - Throws: ``UseCaseError/invalid(_:)``, ``UseCaseError/notFound``, ``StoreError``, what `check` throws.
    public func setMatrix(
        _ matrix: PriorityMatrix,
        in tenant: TenantID,
        replacing check: @escaping @Sendable (PriorityMatrix) throws -> Void = { _ in }
    ) async throws {
        let problems = Self.problems(of: matrix)
        guard problems.isEmpty else { throw UseCaseError.invalid(problems) }
        var first = TenantUnit(tenant)
        let lock = first.add(LockConfiguration(tenant: tenant))
        let present = first.add(LoadPriorityMatrix(tenant: tenant))
        try await environment.database.transaction(first) { transaction, result in
            guard try result.first(lock) != nil else { throw UseCaseError.notFound }
            let current = try result.first(present).flatMap(\.self) ?? .standard
            try check(current)
            if current == matrix { return }
            try await transaction.run(PutPriorityMatrix(tenant: tenant, matrix: matrix))
        }
    }

    private static func problems(of matrix: PriorityMatrix) -> [FieldProblem] {
        var checks = FieldChecks()
        if matrix.tiers.count > PriorityMatrix.maximumTiers {
            checks.add("/tiers", code: .outOfRange, "must be at most \(PriorityMatrix.maximumTiers)")
        }
        var known: Set<String> = []
        for (index, tier) in matrix.tiers.prefix(PriorityMatrix.maximumTiers).enumerated() {
            checks.tier(tier.tier, at: "/tiers/\(index)/tier")
            if !known.insert(tier.tier).inserted { checks.add("/tiers/\(index)/tier", code: .duplicate, "the tier is listed before") }
        }
        return checks.problems
    }
}

extension FieldChecks {
    /// The tenant's own word for how customers are served.
    mutating func tier(_ tier: String, at pointer: String) {
        key(tier, others: "_.:-", most: 64, at: pointer)
    }
}

extension TenantConfiguration {
    /// The priority that follows from a ticket's impact and urgency for its customer's present tier; nil where one of the two is not known.
    func priority(of content: TicketContent) -> Priority? {
        guard let impact = content.impact, let urgency = content.urgency else { return nil }
        return priorities.priority(impact: impact, urgency: urgency, tier: promises.tier(of: content.organizationID))
    }
}
