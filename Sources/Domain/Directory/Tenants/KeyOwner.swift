/// Whom a good API key stands for.
public struct KeyOwner: Hashable, Sendable {
    public let tenantID: TenantID
    public let keyID: APIKeyID
    /// The names of what the key may do.
    public let scopes: [String]
    /// The agent that the key acts for; nil for an integration.
    public let agentID: AgentID?
    /// Whether that agent is a provider's.
    public var isExternal = false
    /// Whether its tenant is suspended: then it may do nothing at all.
    public let isSuspended: Bool
    public let expiresAt: Timestamp?
    /// How much longer the key was good for when it was looked up; nil for one without an end.
    public let timeLeft: Duration?
    /// What the key says about the tickets that come through it.
    public let intake: IntakeProfile

    public init(
        tenantID: TenantID,
        keyID: APIKeyID,
        scopes: [String],
        agentID: AgentID?,
        isSuspended: Bool = false,
        expiresAt: Timestamp?,
        timeLeft: Duration?,
        intake: IntakeProfile = .none
    ) {
        self.tenantID = tenantID
        self.keyID = keyID
        self.scopes = scopes
        self.agentID = agentID
        self.isSuspended = isSuspended
        self.expiresAt = expiresAt
        self.timeLeft = timeLeft
        self.intake = intake
    }
}
