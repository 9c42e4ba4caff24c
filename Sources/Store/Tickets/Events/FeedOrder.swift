/// The transaction number that the change feed goes by (api.md 5), `ticket_event.xid`.
///
/// At least that of the ticket's event before, which may be higher than the transaction's own: numbers are given out at a transaction's first write, and it may
/// wait for the ticket's lock after that. A reader who stops below the oldest running transaction is as safe as with the own number, which is not above it: what
/// has a number that he has gone past is committed.
enum FeedOrder {
    /// - Parameter last: `ticket.last_xid`, before or after this transaction's own change of the row.
    static func number(after last: String) -> String { "greatest(pg_current_xact_id(), \(last))" }
}
