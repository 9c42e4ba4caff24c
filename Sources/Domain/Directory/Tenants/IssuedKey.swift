/// An API key as the deployment knows it: everything but the key itself (api.md 1).
public struct IssuedKey: Hashable, Sendable {
    public let id: APIKeyID
    public let tenantID: TenantID
    public let name: String
    /// How the key begins and ends, so that people can tell keys apart.
    public let prefix: String
    public let lastFour: String
    public let scopes: [String]
    /// The agent that the key acts for; nil for an integration.
    public let agentID: AgentID?
    /// What the key says about the tickets that come through it.
    public let intake: IntakeProfile
    public let createdAt: Timestamp
    /// The key by which it was made; nil: by the operator.
    public let createdBy: APIKeyID?
    public let expiresAt: Timestamp?
    public let revokedAt: Timestamp?
    /// The key by which it was revoked; nil: by the operator, where it was.
    public let revokedBy: APIKeyID?

    public init(
        id: APIKeyID,
        tenantID: TenantID,
        name: String,
        prefix: String,
        lastFour: String,
        scopes: [String],
        agentID: AgentID?,
        intake: IntakeProfile = .none,
        createdAt: Timestamp,
        createdBy: APIKeyID? = nil,
        expiresAt: Timestamp?,
        revokedAt: Timestamp? = nil,
        revokedBy: APIKeyID? = nil
    ) {
        self.id = id
        self.tenantID = tenantID
        self.name = name
        self.prefix = prefix
        self.lastFour = lastFour
        self.scopes = scopes
        self.agentID = agentID
        self.intake = intake
        self.createdAt = createdAt
        self.createdBy = createdBy
        self.expiresAt = expiresAt
        self.revokedAt = revokedAt
        self.revokedBy = revokedBy
    }
}
