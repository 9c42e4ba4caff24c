/// Where a ticket with an agent stands: in his hand, or done. Each has an index of its own, `ticket_in_hand` and `ticket_done`
/// (docs/decisions/0031): what he has is found however long his history is.
///
/// A ticket that is not solved was neither resolved nor closed (``Ticket/applying(_:)``).
enum TicketHands {
    /// - Parameter table: the name or alias of the ticket's row.
    static func inHand(_ table: String) -> String { "\(table).resolved_at IS NULL AND \(table).closed_at IS NULL" }

    /// - Parameter table: the name or alias of the ticket's row.
    static func done(_ table: String) -> String { "(\(table).resolved_at IS NOT NULL OR \(table).closed_at IS NOT NULL)" }
}
