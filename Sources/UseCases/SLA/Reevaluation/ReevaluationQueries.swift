public import Domain
import Store

/// Reads how far re-evaluations are.
public struct ReevaluationQueries: Sendable {
    private let environment: UseCaseEnvironment

    public init(environment: UseCaseEnvironment) {
        self.environment = environment
    }

    /// - Throws: ``UseCaseError/notFound``, ``StoreError``.
    public func reevaluation(_ id: SLAReevaluationID, in tenant: TenantID) async throws -> SLAReevaluation {
        var unit = TenantUnit(tenant)
        let handle = unit.add(LoadReevaluation(tenant: tenant, id: id))
        guard let found = try await environment.database.run(unit).first(handle) else { throw UseCaseError.notFound }
        return found
    }

    /// A page, the newest first.
    ///
    /// - Throws: ``StoreError``.
    public func reevaluations(in tenant: TenantID, after: ReevaluationPosition? = nil, limit: Int) async throws -> [SLAReevaluation] {
        var unit = TenantUnit(tenant)
        let handle = unit.add(ListReevaluations(tenant: tenant, after: after, limit: limit))
        return try await environment.database.run(unit).rows(handle)
    }
}
