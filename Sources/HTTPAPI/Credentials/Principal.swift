public import Domain

/// Who makes a request, as far as the credential proves it.
public struct Principal: Hashable, Sendable {
    public let tenantID: TenantID
    public let keyID: APIKeyID
    public let scopes: ScopeSet
    /// The agent that the key acts for, nil for an integration.
    public let agentID: AgentID?
    /// Whether that agent is a provider's: then only ``ExternalAgents/operations`` are open, for tickets that are his.
    public let isExternal: Bool
    /// What the key says about the tickets that come through it.
    public let intake: IntakeProfile
    /// When the key is over; nil: never.
    public let expiresAt: Timestamp?

    public init(
        tenantID: TenantID,
        keyID: APIKeyID,
        scopes: ScopeSet,
        agentID: AgentID? = nil,
        isExternal: Bool = false,
        intake: IntakeProfile = .none,
        expiresAt: Timestamp? = nil
    ) {
        self.tenantID = tenantID
        self.keyID = keyID
        self.scopes = scopes
        self.agentID = agentID
        self.isExternal = isExternal
        self.intake = intake
        self.expiresAt = expiresAt
    }
}
