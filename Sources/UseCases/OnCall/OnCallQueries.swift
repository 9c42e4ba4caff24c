public import Domain
import Store

/// Tells who would be called; changes nothing.
public struct OnCallQueries: Sendable {
    /// Which chains a report is asked about.
    public enum Chain: Sendable {
        case id(EscalationChainID)
        /// All of that name, which more than one may have.
        case name(String)

        func matches(_ id: EscalationChainID, _ name: String) -> Bool {
            switch self {
            case .id(let wanted): id == wanted
            case .name(let wanted): name == wanted
            }
        }
    }

    private let environment: UseCaseEnvironment

    public init(environment: UseCaseEnvironment) {
        self.environment = environment
    }

    /// - Parameters:
    ///   - time: nil: now, by the database's clock.
    ///   - chain: only this chain, and the rotas and groups that it names; nothing of the three where there is none. nil: all, as many as are shown at most.
    /// - Throws: ``UseCaseError``, ``StoreError``.
    public func report(of tenant: TenantID, at time: Timestamp? = nil, chain: Chain? = nil) async throws -> OnCallReport {
        try await environment.configurations.withConfiguration(of: tenant) { configuration in
            let promises = configuration.promises
            var unit = TenantUnit(tenant)
            unit.add(RequireConfiguration(tenant: tenant, version: configuration.version))
            let now = unit.add(ReadTime())
            let names = unit.add(LoadOnCallNames(tenant: tenant))
            let result = try await environment.database.run(unit)
            guard let now = try result.first(now) else { throw UseCaseError.busy }
            let selection = OnCallSelection(try result.rows(names), promises: promises, chain: chain)

            // Whose names are needed is known only now. By the same configuration, or all of it is asked again.
            let at = time ?? now
            var second = TenantUnit(tenant)
            second.add(RequireConfiguration(tenant: tenant, version: configuration.version))
            let people = second.add(selection.people(of: tenant, promises: promises, at: at))
            let found = try await environment.database.run(second)
            let directory = OnCallDirectory(try found.rows(people))
            return OnCallResolution(at: at, promises: promises, selection: selection, directory: directory).report
        }
    }
}
