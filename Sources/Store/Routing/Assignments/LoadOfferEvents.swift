public import Domain
public import Postgres

/// The offers of a ticket and their ends between two of its assignments, or since the last one, in order; of very many the last.
public struct LoadOfferEvents: Statement {
    public typealias Row = TicketEvent
    /// How many are told. One more is read where there are more: it says so, and is not told itself.
    public static let limit = 200

    public static let sql = """
        SELECT \(EventColumns.list) FROM (
            SELECT \(EventColumns.list) FROM docket.ticket_event
            WHERE tenant_id = $1 AND ticket_id = $2 AND seq < $3
                AND kind IN ('ticket.offered', 'ticket.offer_ended', 'ticket.offer_round_ended', 'ticket.no_taker')
                AND seq > coalesce((
                    SELECT max(a.seq) FROM docket.ticket_event a
                    WHERE a.tenant_id = $1 AND a.ticket_id = $2 AND a.kind = 'ticket.assigned' AND a.seq < $3
                ), 0)
            ORDER BY seq DESC LIMIT \(limit) + 1
        ) e ORDER BY seq
        """
    let tenant: TenantID
    let ticket: TicketID
    let before: Int

    /// - Parameter sequence: of an assignment; nil for what comes after the last.
    public init(tenant: TenantID, ticket: TicketID, before sequence: Int?) {
        self.tenant = tenant
        self.ticket = ticket
        before = sequence ?? .max
    }

    public func bind(into binder: inout Binder) {
        binder.append(tenant)
        binder.append(ticket)
        binder.append(Int32(clamping: before))
    }

    public static func decode(_ row: RowView) throws(DecodeError) -> TicketEvent {
        try LoadEvents.decode(row)
    }
}
