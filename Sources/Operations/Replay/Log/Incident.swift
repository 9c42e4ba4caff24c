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
    /// How long it was worked on: what passed from each time that it came in progress until it left that state. Nil where the log does not show it in progress, or not
    /// what became of it.
    var secondsInProgress: Int64? {
        var total: Int64?
        for (index, move) in moves.enumerated() where move.state == .inProgress {
            guard index + 1 < moves.count else { return nil }
            total = (total ?? 0) + max(0, moves[index + 1].at - move.at)
        }
        return total
    }
}
