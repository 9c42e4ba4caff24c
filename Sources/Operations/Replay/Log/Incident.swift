import Domain

/// One recorded incident: what it was at first, and what became of it.
struct Incident: Hashable, Sendable {
    /// A change of its state.
    struct Move: Hashable, Sendable {
        /// Seconds since 1970, reading the log's times as UTC: only differences matter.
        let at: Int64
        let state: TicketState
    }

    let number: String
    /// Seconds since 1970, as for moves.
    let openedAt: Int64
    let category: String?
    let location: String?
    let impact: ImpactLevel
    let urgency: ImpactLevel
    let priority: Priority
    /// The first group that had it, where any is known.
    let group: String?
    /// In the order of the log; no two in a row lead to the same state, and the first is none that a new ticket has anyway.
    let moves: [Move]
    /// Whether the promise was kept to the end, as the log has it.
    let madeSLA: Bool
}
