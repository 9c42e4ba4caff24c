import Domain
import HTTPAPI
import UseCases

/// Makes API keys and registers them: the key itself exists only here and with whoever gets it.
enum KeyIssuing {
    /// - Parameter scopes: empty is every scope.
    static func issue(
        named name: String,
        scopes: [String] = [],
        agent: AgentID? = nil,
        intake: IntakeProfile = .none,
        expiresAt: Timestamp? = nil,
        in tenant: TenantID,
        by administration: TenantAdministration
    ) async throws -> APIKey {
        var generator = SystemRandomNumberGenerator()
        let key = APIKey.generate(using: &generator)
        let new = NewKey(
            name: name,
            hash: key.lookupHash,
            prefix: key.kind.rawValue,
            lastFour: key.lastFour,
            scopes: scopes.isEmpty ? Scope.allCases.map(\.rawValue) : scopes,
            agentID: agent,
            intake: intake,
            expiresAt: expiresAt
        )
        _ = try await administration.createKey(new, in: tenant)
        return key
    }
}
