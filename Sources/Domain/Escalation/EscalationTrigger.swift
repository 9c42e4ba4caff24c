/// Why a chain was started (sla.md, Escalation chains, rule 1).
public enum EscalationTrigger: String, CaseIterable, Hashable, Sendable, Codable {
    case warning
    case breach
    /// Not assigned for too long.
    case unassigned
    /// Nobody took it in all rounds of offers.
    case noTaker = "no_taker"
    /// Nobody present could take it, now or later.
    case unroutable
    /// An agent's call: cannot solve it alone.
    case manual
    /// A strong complaint.
    case complaint
}
