public import Domain

/// What somebody thinks of doing to the policies.
public enum PolicyProposal: Sendable {
    case create(SLAPolicyContent)
    case replace(SLAPolicyID, SLAPolicyContent)
    /// The policy shall match no ticket any more.
    case withdraw(SLAPolicyID)
}
