public import Domain

/// An API key to be issued, as its maker describes it; the key itself stays with him.
public struct NewKey: Hashable, Sendable {
    public var name: String
    /// SHA-256 of the key.
    public var hash: [UInt8]
    /// How the key begins and ends, so that people can tell keys apart.
    public var prefix: String
    public var lastFour: String
    public var scopes: [String]
    /// The agent that the key acts for; nil for an integration.
    public var agentID: AgentID?
    /// What the key says about the tickets that come through it.
    public var intake: IntakeProfile
    public var expiresAt: Timestamp?

    public init(
        name: String,
        hash: [UInt8],
        prefix: String,
        lastFour: String,
        scopes: [String],
        agentID: AgentID? = nil,
        intake: IntakeProfile = .none,
        expiresAt: Timestamp? = nil
    ) {
        self.name = name
        self.hash = hash
        self.prefix = prefix
        self.lastFour = lastFour
        self.scopes = scopes
        self.agentID = agentID
        self.intake = intake
        self.expiresAt = expiresAt
    }
}
