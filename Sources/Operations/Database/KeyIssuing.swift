import Domain
import HTTPAPI
import UseCases

/// Makes API keys and registers them: the key itself exists only here and with whoever gets it.
enum KeyIssuing {
    /// - Parameter scopes: empty is ``ScopeSet/usual``.
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
        let scopes = scopes.isEmpty ? ScopeSet.usual : ScopeSet(names: scopes)
        let new = NewKey(key, named: name, scopes: scopes, agent: agent, intake: intake, expiresAt: expiresAt)
        _ = try await administration.keys.create(new, in: tenant)
        return key
    }
}
