import Domain
import HTTPAPI
import UseCases

/// Answers the API's question whose a key is.
struct KeyAuthenticator: Authenticator {
    let keys: KeyAuthentication

    func authenticate(_ key: APIKey) async throws -> Principal? {
        guard let owner = try await keys.owner(hash: key.lookupHash) else { return nil }
        if owner.isSuspended { throw Problem(.tenantSuspended) }
        return Principal(
            tenantID: owner.tenantID,
            keyID: owner.keyID,
            scopes: ScopeSet(names: owner.scopes),
            agentID: owner.agentID,
            isExternal: owner.isExternal,
            intake: owner.intake,
            expiresAt: owner.expiresAt
        )
    }
}
