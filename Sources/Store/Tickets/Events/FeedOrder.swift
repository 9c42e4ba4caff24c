import Domain
import Postgres

/// The transaction number that the change feed goes by (api.md 5), `ticket_event.xid`.
///
/// At least that of the ticket's event before, which may be higher than the transaction's own: numbers are given out at a transaction's first write, and it may
/// wait for the ticket's lock after that. A reader who stops below the oldest running transaction is as safe as with the own number, which is not above it: what
/// has a number that he has gone past is committed.
enum FeedOrder {
    /// - Parameter last: `ticket.last_xid`, before or after this transaction's own change of the row.
    static func number(after last: String) -> String { "greatest(pg_current_xact_id(), \(last))" }

    /// The events that follow a position, in the feed's order: `$1` to `$4`.
    ///
    /// - Parameter limit: the placeholder of how many.
    static func stretch(limit: String) -> String {
        """
        SELECT xid, \(EventColumns.list) FROM docket.ticket_event
        WHERE tenant_id = $1 AND (xid, ticket_id, seq) > ($2::bigint::text::xid8, $3, $4) AND xid < pg_snapshot_xmin(pg_current_snapshot())
        ORDER BY xid, ticket_id, seq LIMIT \(limit)
        """
    }

    static func bind(_ tenant: TenantID, _ after: FeedPosition, into binder: inout Binder) {
        binder.append(tenant)
        binder.append(after.transaction)
        binder.append(after.ticketID)
        binder.append(Int32(clamping: after.sequence))
    }
}

extension FeedPosition {
    init(transaction: Int64, of event: TicketEvent) {
        self.init(transaction: transaction, ticketID: event.ticketID, sequence: event.sequence)
    }
}
