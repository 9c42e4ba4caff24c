public import Domain
public import UseCases

extension NewKey {
    /// What is stored of a key that was just generated.
    public init(
        _ key: APIKey,
        named name: String,
        scopes: ScopeSet,
        agent: AgentID? = nil,
        intake: IntakeProfile = .none,
        expiresAt: Timestamp? = nil
    ) {
        self.init(
            name: name,
            hash: key.lookupHash,
            prefix: key.kind.rawValue,
            lastFour: key.lastFour,
            scopes: scopes.names,
            agentID: agent,
            intake: intake,
            expiresAt: expiresAt
        )
    }
}
