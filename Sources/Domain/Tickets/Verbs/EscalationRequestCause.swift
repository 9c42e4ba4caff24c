/// Why somebody starts an escalation, where no clock does (features.md A3.12).
public enum EscalationRequestCause: String, CaseIterable, Hashable, Sendable, Codable {
    /// The agent cannot solve it alone.
    case cannotSolve = "cannot_solve"
    /// A strong complaint.
    case complaint

    /// What the chain's run says of its start.
    public var trigger: EscalationTrigger {
        switch self {
        case .cannotSolve: .manual
        case .complaint: .complaint
        }
    }
}
