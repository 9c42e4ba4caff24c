/// What happens to a ticket that plans were made for in advance (features.md A3.16).
public enum PlaybookTrigger: String, CaseIterable, Hashable, Sendable, Codable {
    /// What is wanted has changed.
    case requirementChanged = "requirement_changed"
    /// What was promised will come later.
    case delayed
    /// A promise was broken: the target of a clock was missed. Nobody reports it, it is recorded.
    case breached

    /// What people report.
    public static let reported: [PlaybookTrigger] = [.requirementChanged, .delayed]
}
