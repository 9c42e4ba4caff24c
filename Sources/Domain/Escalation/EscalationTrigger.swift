/// Why a chain was started (sla.md, Escalation chains, rule 1).
public enum EscalationTrigger: String, CaseIterable, Hashable, Sendable, Codable {
    case warning
    case breach
    /// Not assigned for too long.
    case unassigned
    /// Routing found nobody.
    case noTaker = "no_taker"
    /// An agent's call: cannot solve it alone.
    case manual
    /// A strong complaint.
    case complaint
}
